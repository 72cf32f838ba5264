import pLimit from 'p-limit';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/** How many images are asked about at the same time. */
const atOnce = 4;

/** When images last got a name on the engine, in milliseconds since 1970; those without an answer are left out. */
export async function readNamedTimes(engine: Engine, ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const limit = pLimit(atOnce);
  const ask = async (id: string): Promise<[string, number][]> => {
    signal.throwIfAborted();
    const found = await inspectImage(engine, id, signal).catch(() => undefined);
    const at = Date.parse(found?.Metadata?.LastTagTime ?? '');
    return at > 0 ? [[id, at]] : [];
  };
  return new Map((await Promise.all(ids.map((id) => limit(() => ask(id))))).flat());
}
