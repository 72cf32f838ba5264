import { setTimeout as wait } from 'node:timers/promises';
import { idOf } from '../features/build-history/adopted/adopted-build.ts';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import { readRecorded } from '../features/builds/recorded/read-recorded.ts';
import { GrpcError, grpcStatus } from '../foundation/buildkit/grpc-frames.ts';
import { openControl } from '../foundation/buildkit/open-control.ts';
import { type BuildHistoryRecord, historyEventType, type StatusResponse } from '../foundation/buildkit/protocols.ts';
import { identityOf } from '../foundation/engine/engine-info.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import { millisecondsOf } from '../foundation/formats/timestamp.ts';
import type { RunningOthers, ShownBuild } from './running-others.ts';

/** Milliseconds before an engine that broke off is asked again. */
const againAfter = 5000;

/**
 * Shows what other tools build on an engine while they do, and takes it into the history once it has ended, as BuildKit tells it, until
 * the signal. Resolves at once where an engine tells nothing: the classic builder, Podman, and Docker before 23.
 */
export async function followOtherBuilds(engine: Engine, history: BuildHistory, running: RunningOthers, signal: AbortSignal): Promise<void> {
  if (engine.builder !== 'buildkit') return;
  while (!signal.aborted) {
    const error = await followOnce(engine, history, running, signal).catch((thrown: unknown) => thrown);
    if (error instanceof GrpcError && error.status === grpcStatus.unimplemented) return;
    await wait(againAfter, undefined, { signal }).catch(() => {});
  }
}

async function followOnce(engine: Engine, history: BuildHistory, running: RunningOthers, signal: AbortSignal): Promise<void> {
  const identity = (await identityOf(engine)) ?? engine.candidate.id;
  const control = await openControl(engine, signal);
  const shown = new Map<string, ShownBuild>();
  const show = (id: string, record: BuildHistoryRecord) => {
    const build = running.show(id, record);
    shown.set(id, build);
    // one of which nothing more is told stays until the engine says how it ended, or goes away
    void follow(control.status(record.Ref, signal), build).catch(() => {});
  };
  try {
    for await (const { type, record } of control.followHistory(signal)) {
      if (!record?.CreatedAt) continue;
      const begun = { identity, ref: record.Ref, startedAt: millisecondsOf(record.CreatedAt) };
      const id = idOf(begun);
      if (type === historyEventType.started && !shown.has(id) && !history.isOwn(record.Ref)) show(id, record);
      if (type !== historyEventType.complete || !record.CompletedAt) continue;
      const ended = { engine, ...begun, endedAt: millisecondsOf(record.CompletedAt) };
      // one that cannot be read costs its line in the list, not those of the others
      await history.adopt(ended, (log) => readRecorded(control, record, log, signal)).catch(() => signal.throwIfAborted());
      shown.get(id)?.remove();
      shown.delete(id);
    }
  } finally {
    control.close();
    // an engine that went away, or isn't the one in use any more, can't tell how they end
    for (const build of shown.values()) build.lose();
  }
}

async function follow(statuses: AsyncIterable<StatusResponse>, build: ShownBuild): Promise<void> {
  for await (const status of statuses) build.take(status);
}
