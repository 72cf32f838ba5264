import type { Task, TaskPhase } from '../../contract/task.ts';
import type { IconState } from '../ui/StateIcon.tsx';

export type PhaseStep = { words: string; state: IconState };

const saving: [phase: TaskPhase, words: string][] = [
  ['engine-prepares', 'The engine packs the layers'],
  ['writing', 'Write them into the file'],
  ['finishing', 'Check the file and put it in its place'],
];
const loading: [phase: TaskPhase, words: string][] = [
  ['sending', 'Send the file to the engine'],
  ['unpacking', 'The engine unpacks the layers'],
  ['finishing', 'Give the images their names'],
];

const stepsOf = ({ kind }: Task) => (kind === 'save' ? saving : loading);

/** What happens now, in words. */
export const archivePhase = (task: Task): string => stepsOf(task).find(([phase]) => phase === task.progress.phase)?.[1] ?? 'Starting';

/** The way from beginning to end, with the place where it is. */
export function archiveSteps(task: Task): PhaseStep[] {
  const steps = stepsOf(task);
  const at = steps.findIndex(([phase]) => phase === task.progress.phase);
  return steps.map(([, words], index) => ({ words, state: stateOf(task, index, at) }));
}

function stateOf({ state }: Task, index: number, at: number): IconState {
  if (state === 'succeeded') return 'done';
  if (index < at) return 'done';
  if (index > at) return 'waiting';
  return state === 'running' ? 'running' : 'cancelled';
}
