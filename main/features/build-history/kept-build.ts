import type { BuildProgress } from '../../../contract/build.ts';
import type { BuildOrigin, BuildSummary, BuiltLayer } from '../../../contract/build-record.ts';
import { countSteps } from '../../../contract/count-steps.ts';
import type { Task } from '../../../contract/task.ts';

/** What is known of a build; if it is still running, what is known so far. */
export type KnownBuild = {
  /** As it ended, without the values of arguments whose names sound secret. */
  task: Task;
  /** BuildKit's own name for it; absent with the classic builder, and in builds stored before Layerdeck kept this. */
  ref?: string;
  /** For a build of another tool: what made it. */
  origin?: BuildOrigin;
  /** Empty where it is not known. */
  folder: string;
  /** The paths of secret files, by the secret's id; never their content. */
  secretFiles: Record<string, string>;
  /** Arguments whose values are not stored; a salted digest shows whether they changed. */
  argDigests: Record<string, string>;
  dockerfile: { path: string; text: string };
  hasIgnoreFile: boolean;
  /** The lines of the ignore file that applied; absent if it could not be read or is very long. */
  ignoreLines?: string[];
  /** The base images by their reference in the Dockerfile: an image's id, or the digest it was pulled by with an `@` in front. */
  bases: Record<string, string>;
  engine: string;
  layers?: BuiltLayer[];
  /** How many seconds steps took when they were last built, by stage and instruction; passed on from build to build. */
  knownSeconds: Record<string, number>;
};

/** A build as stored on disk, with the total bytes of its other files. */
export type KeptBuild = KnownBuild & { bytes: number };

export const secondsKey = ({ stage = '', instruction }: { stage?: string; instruction: string }): string => `${stage}\n${instruction}`;

/** How many seconds the steps took that were built. */
export const secondsOf = (progress: BuildProgress | undefined): Record<string, number> =>
  Object.fromEntries(
    (progress?.steps ?? []).flatMap((step) =>
      step.number !== undefined && step.state === 'built' && step.seconds !== undefined ? [[secondsKey(step), step.seconds]] : [],
    ),
  );

/** A line for the list. `dockerfile` is an absolute path if the file is outside the folder. */
export function summarise(task: Task, folder: string, dockerfile?: string, origin?: BuildOrigin): BuildSummary {
  const { request, result, progress } = task;
  const inputs = request.kind === 'build' ? request : undefined;
  const { steps, cachedSteps } = result?.kind === 'build' ? result : countSteps(progress.build?.steps ?? []);
  return {
    id: task.id,
    references: inputs?.references ?? [],
    ...(origin && { origin }),
    folder: { name: folder.split(/[\\/]/).filter(Boolean).pop() ?? folder, path: folder },
    dockerfile: dockerfile ?? inputs?.dockerfile ?? '',
    ...(inputs?.target && { target: inputs.target }),
    state: task.state,
    ...(task.failure && { failure: task.failure.title }),
    ...(progress.build && { builder: progress.build.builder }),
    createdAt: task.createdAt,
    ...(task.startedAt && { startedAt: task.startedAt }),
    ...(task.startedAt && task.endedAt && { seconds: (task.endedAt - task.startedAt) / 1000 }),
    steps,
    cachedSteps,
    ...(result?.kind === 'build' && result.imageId && { imageId: result.imageId }),
  };
}

/** When it ended, in milliseconds since 1970; when it began if its end is not known. */
export const endOf = ({ createdAt, startedAt = createdAt, seconds = 0 }: BuildSummary): number => startedAt + seconds * 1000;
