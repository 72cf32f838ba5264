import type { BuildSummary } from '../../../contract/build-record.ts';
import { endOf } from './kept-build.ts';

// a build that was stopped, or never reached its first step, has nothing to compare with
type Like = {
  folder: string;
  dockerfile: string;
  target: string | undefined;
  /** The name without its tag, for builds whose folder is not known. */
  name: string | undefined;
};

/** The build to compare with one that begins now: the last with the same folder, Dockerfile and target. `summaries`: the newest first. */
export const findBefore = (
  summaries: BuildSummary[],
  { folder, dockerfile, target }: Pick<Like, 'folder' | 'dockerfile'> & { target?: string | undefined },
): BuildSummary | undefined => summaries.find((one) => isLike(one, { folder, dockerfile, target, name: undefined }));

/** The same for a build that is in the list. */
export function findBeforeKept(summaries: BuildSummary[], summary: BuildSummary): BuildSummary | undefined {
  const { folder, dockerfile, target, origin, references } = summary;
  // without a folder, the name tells what is meant to be the same
  const like = { folder: folder.path, dockerfile, target, name: origin ? repositoryOf(references[0]) : undefined };
  // a build that ran in parallel had not left its steps in the cache yet
  const start = summary.startedAt ?? summary.createdAt;
  return summaries.find((one) => one.id !== summary.id && endOf(one) <= start && isLike(one, like));
}

const repositoryOf = (reference = ''): string => reference.replace(/:[^/:]*$/, '');

const isLike = (one: BuildSummary, like: Like): boolean =>
  one.folder.path === like.folder &&
  (like.name === undefined || (like.name !== '' && repositoryOf(one.references[0]) === like.name)) &&
  one.dockerfile === like.dockerfile &&
  (one.target ?? '') === (like.target ?? '') &&
  one.state !== 'cancelled' &&
  one.steps > 0;
