import type { BuildOrigin, BuildSummary } from '../../../contract/build-record.ts';
import { countSteps } from '../../../contract/count-steps.ts';
import type { Task } from '../../../contract/task.ts';
import { stepPlace } from '../../desk/step-place.ts';
import { capitalised, count, speed, timeLeft } from '../../ui/format.ts';
import { describeStep } from './describe-step.ts';
import { amountWords } from './step-words.ts';

const nameOf = ({ request }: Task): string => (request.kind === 'build' && request.references[0]) || nameless;

/** An image that another tool built without a name. */
const nameless = 'an image without a name';

/** The names of what a build made, or that it has none. */
export const namesOf = ({ references }: BuildSummary): string => (references.length > 0 ? references.join(', ') : capitalised(nameless));

/** Where it comes from, if Layerdeck did not build it. */
export const originWords: Record<BuildOrigin, string> = { compose: 'by Compose', other: 'by another tool', file: 'from a file' };

/** "Building hello-web:1.4.3", "hello-web:1.4.3 was not built". */
export function buildTitle(task: Task): string {
  const name = nameOf(task);
  if (task.failure?.kind === 'interrupted') return `It isn’t known how the build of ${name} ended`;
  const titles: Record<Task['state'], string> = {
    queued: `${name} is waiting to be built`,
    running: `Building ${name}`,
    succeeded: `${name} is built`,
    failed: `${name} was not built`,
    cancelled: `The build of ${name} was stopped`,
  };
  return titles[task.state];
}

/** What a running build is doing, in one line. */
export function describeOutcome({ state, progress }: Task): string {
  if (state === 'queued') return 'Waiting for other tasks to finish';
  const current = progress.build?.steps.findLast((step) => step.state === 'running');
  return current ? describeStep(current.instruction) : 'Getting ready';
}

/** How a build ended, in one line. */
export function outcomeWords({ state, failure, steps, cachedSteps }: BuildSummary): string {
  if (state === 'failed') return failure ?? 'It failed';
  if (state === 'cancelled') return 'Stopped';
  return fromCache(cachedSteps, steps);
}

/** "4 of 6 steps from cache" */
export function cacheWords({ progress, result }: Task): string {
  const { steps, cachedSteps } = result?.kind === 'build' ? result : countSteps(progress.build?.steps ?? []);
  return fromCache(cachedSteps, steps);
}

function fromCache(cached: number, all: number): string {
  if (all === 0) return '';
  return cached === all ? `All ${count(all, 'step')} from cache` : `${cached} of ${count(all, 'step')} from cache`;
}

/** What a build does before its first step is known: "Sending the folder · 41.7 MB". */
export function beginningWords({ state, progress: { phase, bytes } }: Task): string {
  if (state === 'queued') return 'Waiting for other tasks to finish';
  if (phase !== 'sending') return 'Reading the Dockerfile';
  return ['Sending the folder', amountWords(bytes)].filter(Boolean).join(' · ');
}

/** Speed and time left: "38.1 MB/s · about 12 s left". */
export function paceWords({ pace, progress }: Task): string {
  if (!pace || !progress.bytes) return '';
  return [speed(pace.bytesPerSecond), pace.secondsLeft !== undefined && timeLeft(pace.secondsLeft)].filter(Boolean).join(' · ');
}

/** Where a running build is: "Step 5 of 6". */
export function placeWords({ progress, state, failure }: Task): string {
  const steps = progress.build?.steps ?? [];
  if (failure?.kind === 'interrupted') return failure.title;
  if (state === 'failed') {
    const failed = steps.find((step) => step.state === 'failed');
    return failed?.number !== undefined ? `Step ${failed.number} stopped with an error` : 'Stopped with an error';
  }
  if (state !== 'running') return '';
  return stepPlace(steps) ?? 'Getting ready';
}
