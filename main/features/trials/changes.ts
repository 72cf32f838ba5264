import type { TrialChanges } from '../../../contract/trial.ts';
import { readChanges, readWritten } from '../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { gatherChanges } from './gather-changes.ts';

/** As many as the window takes at once; more are counted. */
const mostShown = 5000;

/** What a container has changed against its image, and the bytes that it wrote. What is in a folder of this computer, or in a volume, is not part of it. */
export async function trialChanges(engine: Engine, container: string): Promise<TrialChanges> {
  const [raw, bytes] = await Promise.all([readChanges(engine, container), readWritten(engine, container)]);
  const all = gatherChanges(raw);
  return { changes: all.slice(0, mostShown), omitted: Math.max(0, all.length - mostShown), bytes };
}
