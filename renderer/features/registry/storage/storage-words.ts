import type { LocalRegistry, RegistryContainer, RegistryFolder } from '../../../../contract/registry.ts';
import type { Task, TaskResult } from '../../../../contract/task.ts';
import { bytes, bytesOf, count, speed, timeLeft } from '../../../ui/format.ts';
import { storageWords } from '../registry-words.ts';

/** Whether the own registry keeps its images in its volume, or would if it was started now. */
export function isInVolume(registry: LocalRegistry): boolean {
  if (registry.state === 'absent') return registry.kept?.folder === undefined && registry.kept?.bucket === undefined;
  return 'storage' in registry && registry.storage.kind === 'volume';
}

/** Where they are before anything is chosen. */
export const nowWords = ({ storage }: Pick<RegistryContainer, 'storage'>, size: number | null | undefined): string =>
  `Now ${storageWords(storage).replace(/^I/, 'i')}${typeof size === 'number' ? `, ${bytes(size)}` : ''}.`;

type Act = { kind: 'volume' | 'folder' | 's3'; takeAlong: boolean; size: number | null | undefined; isRunning: boolean };

/** What the button does. */
export function actWords({ kind, takeAlong, size, isRunning }: Act): string {
  const after = isRunning ? 'restart' : 'start';
  if (kind === 'volume') return `Use the volume and ${after}`;
  if (kind === 's3') return `Try it, use it and ${after}`;
  if (!takeAlong) return `Use the folder and ${after}`;
  return `Copy ${typeof size === 'number' ? bytes(size) : 'its images'} and ${after}`;
}

/** What is in a folder that was chosen, and what becomes of it. */
export function foundWords({ repositories, free }: RegistryFolder): string {
  if (repositories === undefined)
    return `No registry has kept anything in it yet.${free === undefined ? '' : ` ${bytes(free)} are free there.`}`;
  if (repositories === 0) return 'A registry without images is in it. It’s used as it is.';
  const are = repositories === 1 ? 'is' : 'are';
  return `${manyWords(repositories)} of a registry ${are} in it, and ${are} used as ${repositories === 1 ? 'it is' : 'they are'}. What the registry has now stays where it is.`;
}

// main counts no further
const manyWords = (repositories: number): string =>
  repositories < 10_000 ? count(repositories, 'repository', 'repositories') : 'More than 10,000 repositories';

/** Beside files that aren't a registry's. */
export const othersWords = (others: number): string =>
  `${others === 1 ? 'One other file or folder is' : `${others} other files and folders are`} in it. The registry keeps everything in a folder called “docker” beside them, and doesn’t see the rest.`;

/** Why what the registry has can't be copied into a folder; undefined if it can, or nobody knows. */
export function spaceProblem(size: number | null | undefined, free: number | undefined): string | undefined {
  if (typeof size !== 'number' || free === undefined || size <= free) return undefined;
  return `It takes ${bytes(size)}, and only ${bytes(free)} are free there.`;
}

/** How far it is: what is done, how much, how fast and how long yet. */
export function storingWords({ progress, pace }: Pick<Task, 'progress' | 'pace'>): string {
  const { phase, bytes: amount } = progress;
  if (phase !== 'copying' || !amount) return 'Starting the registry there';
  const much = amount.total === undefined ? bytes(amount.done) : bytesOf(amount.done, amount.total);
  const fast = pace && pace.bytesPerSecond > 0 ? ` · ${speed(pace.bytesPerSecond)}` : '';
  const left = pace?.secondsLeft === undefined ? '' : ` · ${timeLeft(pace.secondsLeft)}`;
  return `Copying its images · ${much}${fast}${left}`;
}

type Stored = Extract<TaskResult, { kind: 'store-registry' }>;

/** What was done, and what is left of before. */
export function storedWords({ folder, bucket, copied }: Stored): { title: string; detail: string } {
  if (folder === undefined && bucket === undefined)
    return { title: 'The registry keeps its images in its volume again', detail: 'What is where it kept them before stays there.' };
  const title = `The registry keeps its images ${folder === undefined ? `at ${bucket}` : `in ${folder}`}`;
  if (!copied) return { title, detail: 'What it had before stays where it was.' };
  const damaged =
    copied.damaged > 0
      ? ` ${count(copied.damaged, 'file')} ${copied.damaged === 1 ? 'was' : 'were'} damaged before, and the task’s log names ${copied.damaged === 1 ? 'it' : 'them'}.`
      : '';
  const checked = copied.damaged > 0 ? '' : ', each layer checked';
  return { title, detail: `${bytes(copied.bytes)} copied${checked}. What it had before is still there as well.${damaged}` };
}
