import type { Task } from '../../contract/task.ts';
import { count } from '../ui/format.ts';
import { countSteps } from './count-steps.ts';
import { describeStep } from './describe-step.ts';

const nameOf = ({ request, title }: Task): string => (request.kind === 'build' ? (request.references[0] ?? title) : title);

/** "Building hello-web:1.4.3", "hello-web:1.4.3 was not built". */
export function buildTitle(task: Task): string {
  const name = nameOf(task);
  const titles: Record<Task['state'], string> = {
    queued: `${name} waits to be built`,
    running: `Building ${name}`,
    succeeded: `${name} is built`,
    failed: `${name} was not built`,
    cancelled: `The build of ${name} was stopped`,
  };
  return titles[task.state];
}

/** One line for the list of builds. */
export function describeOutcome(task: Task): string {
  const steps = task.progress.build?.steps ?? [];
  switch (task.state) {
    case 'queued':
      return 'Starts when there is room for it';
    case 'running': {
      const current = steps.findLast(({ state }) => state === 'running');
      return current ? describeStep(current.instruction) : 'Getting ready';
    }
    case 'failed':
      return task.failure?.title ?? 'It did not work';
    case 'cancelled':
      return 'Stopped';
    case 'succeeded':
      return cacheWords(task);
  }
}

/** "4 of 6 steps from cache" */
export function cacheWords({ progress, result }: Task): string {
  const counted = countSteps(progress.build?.steps ?? []);
  const { cached, all } = result?.kind === 'build' ? { cached: result.cachedSteps, all: result.steps } : counted;
  if (all === 0) return '';
  return cached === all ? `All ${count(all, 'step')} from cache` : `${cached} of ${count(all, 'step')} from cache`;
}

/** Where a running build is: "Step 5 of 6". */
export function placeWords({ progress, state }: Task): string {
  const steps = progress.build?.steps ?? [];
  const { all, done } = countSteps(steps);
  if (state === 'failed') {
    const failed = steps.find((step) => step.state === 'failed');
    return failed?.number !== undefined ? `Step ${failed.number} stopped with an error` : 'Stopped with an error';
  }
  if (state !== 'running') return '';
  return all === 0 ? 'Getting ready' : `Step ${Math.min(all, done + 1)} of ${all}`;
}
