import type { Task } from '../../../contract/task.ts';
import { layerdeckEnded } from '../../engine/layerdeck-ended.ts';
import type { KeptBuild } from './kept-build.ts';

/** Whether a build was still going on when it was last written down. */
export const wentOn = ({ state }: Pick<Task, 'state'>): boolean => state === 'running' || state === 'queued';

/** A build whose end nobody saw. When that was is not known, so nothing is said of how long it took. */
export const endKilled = (build: KeptBuild): KeptBuild => ({
  ...build,
  task: { ...build.task, state: 'failed', failure: layerdeckEnded },
});
