import { openControl } from '../../foundation/buildkit/open-control.ts';
import { infoOf } from '../../foundation/engine/engine-info.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { readStatements } from './read-statements.ts';
import type { Statement } from './statements.ts';

/** Milliseconds that the engine may take. */
const answerWithin = 10_000;

/** What the build attached to an image, as the engine keeps it: only containerd's store does. Empty if there is nothing, or it can't be read. */
export async function localStatements(engine: Engine, id: string): Promise<Statement[]> {
  const { store } = await infoOf(engine);
  if (store !== 'containerd') return [];
  const signal = AbortSignal.timeout(answerWithin);
  try {
    const control = await openControl(engine, signal);
    try {
      return await readStatements((digest, most) => control.readContent(digest, most, signal), id, engine.platform);
    } finally {
      control.close();
    }
  } catch {
    return []; // said to be unknown, like all that nothing tells
  }
}
