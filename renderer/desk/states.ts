import type { BuildStepState } from '../../contract/build.ts';
import type { TaskState } from '../../contract/task.ts';
import type { LayerTransferState } from '../../contract/transfer.ts';
import type { IconState } from '../ui/StateIcon.tsx';

/** Every state that a task, a step of a build or a layer on its way can be in. */
type State = TaskState | BuildStepState | LayerTransferState;

/** How each state looks, and what it is called; the icon brings its colour. */
const states: Record<State, [icon: IconState, word: string]> = {
  queued: ['waiting', 'waiting'],
  waiting: ['waiting', 'waiting'],
  running: ['running', 'running'],
  downloading: ['running', 'downloading'],
  checking: ['running', 'checking'],
  unpacking: ['running', 'unpacking'],
  preparing: ['running', 'preparing'],
  uploading: ['running', 'uploading'],
  retrying: ['running', 'trying again'],
  succeeded: ['done', 'done'],
  built: ['done', 'built'],
  done: ['done', 'done'],
  cached: ['there-already', 'from cache'],
  'there-already': ['there-already', 'already there'],
  mounted: ['there-already', 'mounted from another repository'],
  failed: ['failed', 'failed'],
  cancelled: ['cancelled', 'stopped'],
};

export const iconOf = (state: State): IconState => states[state][0];

export const wordOf = (state: State): string => states[state][1];
