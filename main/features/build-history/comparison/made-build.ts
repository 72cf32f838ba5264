import type { BuildInputs, BuildProgress } from '../../../../contract/build.ts';
import type { Comparison } from '../../../foundation/context/record/compare-contexts.ts';

/** What was recorded about one build, as far as an explanation needs it. */
export type MadeBuild = {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  progress: BuildProgress;
  hasSucceeded: boolean;
  dockerfile: string;
  inputs: Pick<BuildInputs, 'args' | 'noCache' | 'platform' | 'network' | 'cacheFrom' | 'labels'>;
  /** Digests of arguments whose values are not stored, by name. */
  argDigests: Record<string, string>;
  /** The base images by their reference in the Dockerfile: an image's id, or the digest it was pulled by with an `@` in front. */
  bases: Record<string, string>;
  engine: string;
};

/** What else has to be found out. */
export type Evidence = {
  /** The comparison of what a step reads from the context; undefined if unknown. */
  compare(step: string): Comparison | undefined;
  /** When the engine's cache was pruned since the build before, if it was. */
  prunedAt?: number;
  /** Whether the image of the build before no longer exists. */
  imageRemoved: boolean;
};
