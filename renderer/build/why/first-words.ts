import type { BuildStep } from '../../../contract/build.ts';
import type { BuildExplanation, ComparableImage, FirstBuild } from '../../../contract/explanation.ts';
import type { Task } from '../../../contract/task.ts';
import { count, listed } from '../../ui/format.ts';
import { describeStep } from '../describe-step.ts';

/** What is certain of a build that there is none to compare with, and what is not known of it. */
export function firstWords(first: FirstBuild): string {
  return first.of === 'folder'
    ? 'This is the first build of this folder that Layerdeck knows of; there is no earlier one to compare it with.'
    : 'Layerdeck knows no earlier build of this folder with the same Dockerfile and stage that it could be compared with.';
}

/** Which steps came from the cache, and what is not known of the rest. `explained`: of some of them a cause is known. */
export function cachedWords({ request, progress }: Task, { steps: explained }: BuildExplanation): string {
  if (request.kind === 'build' && request.noCache) return 'It was asked to build everything again (no cache).';
  const own = (progress.build?.steps ?? []).filter(({ number }) => number !== undefined);
  // the base is counted among the steps, and is nothing that the Dockerfile made
  const isBaseCached = own.some((step) => isBase(step) && step.state === 'cached');
  const cached = own.filter((step) => !isBase(step) && step.state === 'cached');
  const built = own.filter((step) => !isBase(step) && step.state === 'built');
  if (cached.length + built.length === 0) return '';
  const why =
    explained.length > 0 || built.length === 0 ? '' : ` Why ${cached.length > 0 ? 'the others' : 'they'} were not there is not known.`;
  if (cached.length === 0) {
    return isBaseCached
      ? `But for the base image, none of its steps came from the cache.${why}`
      : `None of its steps came from the cache.${why}`;
  }
  const names = cached.slice(0, named).map(({ instruction }) => `“${describeStep(instruction)}”`);
  const rest = cached.length - names.length;
  const all = listed([...names, ...(rest > 0 ? [count(rest, 'other')] : [])]);
  const came = isBaseCached ? 'Besides the base image, from the cache came' : 'From the cache came';
  return `${came} ${all}. Who had made ${cached.length === 1 ? 'it' : 'them'} is not known.${why}`;
}

/** Steps that are called by what they do; the rest is counted. */
const named = 3;

const isBase = ({ instruction }: BuildStep): boolean => /^FROM\b/i.test(instruction);

/** Why an image is offered for a comparison. */
export const becauseWords = ({ because }: ComparableImage): string =>
  because === 'steps' ? 'It ends with steps that read like those of this Dockerfile.' : 'It is called the same, with another tag or none.';
