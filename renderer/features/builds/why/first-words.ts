import type { BuildStep } from '../../../../contract/build.ts';
import { isOwnStep } from '../../../../contract/count-steps.ts';
import type { BuildExplanation, ComparableImage, FirstBuild } from '../../../../contract/explanation.ts';
import type { Task } from '../../../../contract/task.ts';
import { count, listed } from '../../../ui/format.ts';
import { describeStep } from '../describe-step.ts';

/** What is certain about a build that has no earlier one to compare it with. */
export function firstWords(first: FirstBuild): string {
  if (first.of === 'name') return 'Layerdeck knows of no earlier build of this name by another tool to compare it with.';
  return first.of === 'folder'
    ? 'This is the first build of this folder that Layerdeck knows of, so there is no earlier one to compare it with.'
    : 'Layerdeck knows of no earlier build of this folder with the same Dockerfile and stage to compare it with.';
}

/** Which steps came from the cache, and what is not known about the rest. `explained`: steps whose cause is known. */
export function cachedWords({ request, progress }: Task, { steps: explained }: BuildExplanation): string {
  if (request.kind === 'build' && request.noCache) return 'The build was told to build everything again (no cache).';
  const own = (progress.build?.steps ?? []).filter(isOwnStep);
  // the base counts as a step, but the Dockerfile did not make it
  const isBaseCached = own.some((step) => isBase(step) && step.state === 'cached');
  const cached = own.filter((step) => !isBase(step) && step.state === 'cached');
  const built = own.filter((step) => !isBase(step) && step.state === 'built');
  if (cached.length + built.length === 0) return '';
  const why =
    explained.length > 0 || built.length === 0 ? '' : ` It isn’t known why ${cached.length > 0 ? 'the others' : 'they'} weren’t there.`;
  if (cached.length === 0) {
    return isBaseCached
      ? `Apart from the base image, none of its steps came from the cache.${why}`
      : `None of its steps came from the cache.${why}`;
  }
  const names = cached.slice(0, named).map(({ instruction }) => `“${describeStep(instruction)}”`);
  const rest = cached.length - names.length;
  const all = listed([...names, ...(rest > 0 ? [count(rest, 'other')] : [])]);
  const besides = isBaseCached ? 'Besides the base image, ' : '';
  return `${besides}${all} came from the cache. It isn’t known who made ${cached.length === 1 ? 'it' : 'them'}.${why}`;
}

/** How many steps are named by what they do; the rest is counted. */
const named = 3;

const isBase = ({ instruction }: BuildStep): boolean => /^FROM\b/i.test(instruction);

/** Why an image is offered for a comparison. */
export const becauseWords = ({ because }: ComparableImage): string =>
  because === 'steps' ? 'It ends with steps that read like those in this Dockerfile.' : 'It has the same name, with another tag or none.';
