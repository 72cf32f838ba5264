import type { BuildInputs, BuildProgress } from '../../../contract/build.ts';
import type { Comparison } from '../record/compare-contexts.ts';

/** What was recorded of one build, as far as an explanation needs it. */
export type MadeBuild = {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  progress: BuildProgress;
  hasSucceeded: boolean;
  dockerfile: string;
  inputs: Pick<BuildInputs, 'args' | 'noCache' | 'platform' | 'network' | 'cacheFrom' | 'labels'>;
  /** Digests of arguments whose values are not kept, by name. */
  argDigests: Record<string, string>;
  /** What base images were, by the reference in the Dockerfile: an image's id, or the digest it was fetched by, with an `@`. */
  bases: Record<string, string>;
  engine: string;
};

/** What has to be found out besides. */
export type Evidence = {
  /** What a step reads of the context, compared; undefined where that is not known. */
  compare(step: string): Comparison | undefined;
  /** When the engine's cache was pruned since the build before, if it was. */
  prunedAt?: number;
  /** The image of the build before is no longer there. */
  imageRemoved: boolean;
};
