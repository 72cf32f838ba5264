import type { BuildProgress } from '../../../contract/build.ts';
import type { BuildOrigin } from '../../../contract/build-record.ts';
import type { Failure } from '../../../contract/failure.ts';

/** A build of another tool, as far as BuildKit tells of it while it runs: neither its folder nor its files. */
export type RunningBuild = {
  origin: BuildOrigin;
  /** The text is empty where BuildKit kept none, and until the build has ended. */
  dockerfile: { path: string; text: string };
  references: string[];
  target?: string;
  args: Record<string, string>;
  labels: Record<string, string>;
  platform?: string;
  noCache: boolean;
  progress: BuildProgress;
  /** Milliseconds since 1970. */
  startedAt: number;
};

/** The same, once it has ended. */
export type RecordedBuild = RunningBuild & {
  endedAt: number;
  end: { state: 'succeeded'; imageId?: string } | { state: 'failed'; failure: Failure } | { state: 'cancelled' };
};
