import type { Task, TaskKind, TaskPhase } from '../../../contract/task.ts';
import { loadedWords } from '../../ui/format.ts';
import type { IconState } from '../../ui/StateIcon.tsx';

export type PhaseStep = { words: string; state: IconState };

const saving: [phase: TaskPhase, words: string][] = [
  ['engine-prepares', 'The engine packs the layers'],
  ['writing', 'Write them into the file'],
  ['finishing', 'Check the file and move it into place'],
];
const packing: [phase: TaskPhase, words: string][] = [
  ['engine-prepares', 'The engine packs the layers'],
  ['reading', 'Read them, and check each'],
  ['packing', 'Pack what the other computer lacks'],
];
const loading: [phase: TaskPhase, words: string][] = [
  ['sending', 'Send the file to the engine'],
  ['unpacking', 'The engine unpacks the layers'],
  ['finishing', 'Give the images their names'],
];

const importing: [phase: TaskPhase, words: string][] = [
  ['sending', 'Send the files to the engine'],
  ['unpacking', 'The engine makes a layer from them'],
];

const fromEngine: [phase: TaskPhase, words: string][] = [
  ['comparing', 'See which layers the engine has'],
  ['reading', 'Take these from the engine’s own images, where it needs that'],
  ...loading,
];

function stepsOf({ request }: Task) {
  if (request.kind === 'save') return request.receipt === undefined ? saving : packing;
  if (request.kind === 'load' && request.isPartial) return fromEngine;
  return request.kind === 'import' ? importing : loading;
}

/** What happens now, in words. */
export const archivePhase = (task: Task): string => stepsOf(task).find(([phase]) => phase === task.progress.phase)?.[1] ?? 'Starting';

/** All steps from beginning to end, with the state of each. */
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

const ends: Partial<Record<TaskKind, { failed: string; runs: string }>> = {
  save: { failed: 'It was not saved', runs: 'Writing the file' },
  load: { failed: 'It was not loaded', runs: 'Loading the file' },
  import: { failed: 'It was not imported', runs: 'Making an image from the files' },
};

/** The headline of a save, a load or an import. */
export function archiveHeadline({ state, kind, result, progress, failure }: Task): string {
  if (failure?.kind === 'interrupted') return 'It isn’t known how it ended';
  if (result?.kind === 'load') return loadedWords(result.loaded.length);
  if (result?.kind === 'import') return `${result.reference} is here now`;
  if (result?.kind === 'save') return 'Saved';
  if (state === 'queued') return 'Waiting for other tasks to finish';
  if (state === 'cancelled' && kind === 'save') return 'Stopped. No half-written file was kept.';
  // an engine that has the whole file unpacks it, even if nobody listens any more
  if (state === 'cancelled')
    return progress.phase === 'unpacking' ? 'Stopped late: the engine may still load it' : 'Stopped. Nothing was loaded.';
  return (state === 'failed' ? ends[kind]?.failed : ends[kind]?.runs) ?? '';
}
