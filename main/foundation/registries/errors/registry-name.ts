import type { Failure } from '../../../../contract/failure.ts';
import type { Failed } from './failure-reason.ts';

export type Words = Omit<Failure, 'cause'>;

/** What the wording needs besides the reason. */
export type About = Failed & { username: string | undefined };

/** A registry's name at the start of a sentence. */
export const nameOf = ({ registry }: Pick<About, 'registry'>): string =>
  registry === 'docker.io' ? 'Docker Hub' : `The registry ${registry}`;

/** The same in the middle of a sentence. */
export const nameWithin = ({ registry }: Pick<About, 'registry'>): string =>
  registry === 'docker.io' ? 'Docker Hub' : `the registry ${registry}`;
