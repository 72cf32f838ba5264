import type { BuildStep } from '../../../contract/build.ts';
import type { BuildExplanation, ComparableImage, FirstBuild } from '../../../contract/explanation.ts';
import type { Task } from '../../../contract/task.ts';
import { count, listed } from '../../ui/format.ts';
import { describeStep } from '../describe-step.ts';

/** What is certain of a build that there is none to compare with, and what is not known of it. */
export function firstWords(first: FirstBuild): string {
  return first.of === 'folder'
    ? 'This is the first build of this folder that Layerdeck knows of; there is nothing to compare it with.'
    : 'Layerdeck knows no earlier build of this folder with the same Dockerfile and stage that it could be compared with.';
}

/** Which steps came from the cache, and what is not known of the rest. `explained`: of some of them a cause is known. */
export function cachedWords({ request, progress }: Task, { steps: explained }: BuildExplanation): string {
  if (request.kind === 'build' && request.noCache) return 'It was asked to build everything again (no cache).';
  const own = (progress.build?.steps ?? []).filter(isOwn);
  const cached = own.filter(({ state }) => state === 'cached');
  const built = own.filter(({ state }) => state === 'built');
  const why = explained.length > 0 ? '' : ` Why ${cached.length > 0 ? 'the others' : 'they'} were not there is not known.`;
  if (cached.length === 0) return built.length === 0 ? '' : `None of its steps came from the cache.${why}`;
  const names = cached.slice(0, named).map(({ instruction }) => `“${describeStep(instruction)}”`);
  const rest = cached.length - names.length;
  const all = listed([...names, ...(rest > 0 ? [count(rest, 'other')] : [])]);
  return `From the cache came ${all}. Who had made ${cached.length === 1 ? 'it' : 'them'} is not known.${built.length > 0 ? why : ''}`;
}

/** Steps that are called by what they do; the rest is counted. */
const named = 3;

// that a base is looked up is no step of the Dockerfile's own, and an ARG makes nothing
const isOwn = ({ number, instruction }: BuildStep): boolean => number !== undefined && !/^(?:FROM|ARG)\b/i.test(instruction);

/** Why an image is offered for a comparison. */
export const becauseWords = ({ because }: ComparableImage): string =>
  because === 'steps' ? 'Its steps read like those of this Dockerfile.' : 'It is called the same, with another tag or none.';
