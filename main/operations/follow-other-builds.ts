import { setTimeout as wait } from 'node:timers/promises';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import { readRecorded } from '../features/builds/recorded/read-recorded.ts';
import { GrpcError, grpcStatus } from '../foundation/buildkit/grpc-frames.ts';
import { openControl } from '../foundation/buildkit/open-control.ts';
import { historyEventType } from '../foundation/buildkit/protocols.ts';
import { identityOf } from '../foundation/engine/engine-info.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import { millisecondsOf } from '../foundation/formats/timestamp.ts';

/** Milliseconds before an engine that broke off is asked again. */
const againAfter = 5000;

/**
 * Takes into the history what other tools build on an engine, as BuildKit remembers it, until the signal. Resolves at once where
 * an engine remembers nothing: the classic builder, Podman, and Docker before 23.
 */
export async function followOtherBuilds(engine: Engine, history: BuildHistory, signal: AbortSignal): Promise<void> {
  if (engine.builder !== 'buildkit') return;
  while (!signal.aborted) {
    const error = await followOnce(engine, history, signal).catch((thrown: unknown) => thrown);
    if (error instanceof GrpcError && error.status === grpcStatus.unimplemented) return;
    await wait(againAfter, undefined, { signal }).catch(() => {});
  }
}

async function followOnce(engine: Engine, history: BuildHistory, signal: AbortSignal): Promise<void> {
  const identity = (await identityOf(engine)) ?? engine.candidate.id;
  const control = await openControl(engine, signal);
  try {
    for await (const { type, record } of control.followHistory(signal)) {
      if (type !== historyEventType.complete || !record?.CreatedAt || !record.CompletedAt) continue;
      const span = { startedAt: millisecondsOf(record.CreatedAt), endedAt: millisecondsOf(record.CompletedAt) };
      // one that cannot be read costs its line in the list, not those of the others
      await history
        .adopt({ engine, identity, ref: record.Ref, ...span }, (log) => readRecorded(control, record, log, signal))
        .catch(() => signal.throwIfAborted());
    }
  } finally {
    control.close();
  }
}
