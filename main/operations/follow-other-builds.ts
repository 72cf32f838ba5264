import type { BuildHistory } from '../features/build-history/build-history.ts';
import { readRecorded } from '../features/builds/recorded/read-recorded.ts';
import { openControl } from '../foundation/buildkit/open-control.ts';
import { historyEventType, millisecondsOf } from '../foundation/buildkit/protocols.ts';
import { identityOf } from '../foundation/engine/engine-info.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';

/**
 * Takes into the history what other tools build on an engine, as BuildKit remembers it, until the signal. Resolves at once where
 * an engine remembers nothing: the classic builder, Podman, and Docker before 23.
 */
export async function followOtherBuilds(engine: Engine, history: BuildHistory, signal: AbortSignal): Promise<void> {
  if (engine.builder !== 'buildkit') return;
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
