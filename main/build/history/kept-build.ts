import type { BuildSummary, BuiltLayer } from '../../../contract/build-record.ts';
import type { Task } from '../../../contract/task.ts';

/** What is known of a build: of one that still runs, by now. */
export type KnownBuild = {
  /** As it ended, without the values of arguments that sound like secrets. */
  task: Task;
  folder: string;
  /** Where the files of secrets lie, by the secret's id; never what is in them. */
  secretFiles: Record<string, string>;
  /** Arguments whose values are not kept; a salted digest tells whether they changed. */
  argDigests: Record<string, string>;
  dockerfile: { path: string; text: string };
  hasIgnoreFile: boolean;
  /** What the ignore file that counted left out; absent where it could not be read or is very long. */
  ignoreLines?: string[];
  /** What base images were, by the reference in the Dockerfile: an image's id, or the digest it was fetched by, with an `@`. */
  bases: Record<string, string>;
  engine: string;
  layers?: BuiltLayer[];
  /** Seconds that steps took when they were last built, by stage and instruction; handed on from build to build. */
  knownSeconds: Record<string, number>;
};

/** A build as it lies on disk, with the bytes of its files besides this one. */
export type KeptBuild = KnownBuild & { bytes: number };

export const secondsKey = ({ stage = '', instruction }: { stage?: string; instruction: string }): string => `${stage}\n${instruction}`;

/** One line for the list. `dockerfile` is the whole path of one that lies outside of the folder. */
export function summarise(task: Task, folder: string, dockerfile?: string): BuildSummary {
  const { request, result, progress } = task;
  const inputs = request.kind === 'build' ? request : undefined;
  const own = progress.build?.steps.filter(({ number }) => number !== undefined) ?? [];
  return {
    id: task.id,
    references: inputs?.references ?? [],
    folder: { name: folder.split(/[\\/]/).filter(Boolean).pop() ?? folder, path: folder },
    dockerfile: dockerfile ?? inputs?.dockerfile ?? '',
    ...(inputs?.target && { target: inputs.target }),
    state: task.state,
    ...(task.failure && { failure: task.failure.title }),
    ...(progress.build && { builder: progress.build.builder }),
    createdAt: task.createdAt,
    ...(task.startedAt && { startedAt: task.startedAt }),
    ...(task.startedAt && task.endedAt && { seconds: (task.endedAt - task.startedAt) / 1000 }),
    steps: result?.kind === 'build' ? result.steps : own.length,
    cachedSteps: result?.kind === 'build' ? result.cachedSteps : own.filter(({ state }) => state === 'cached').length,
    ...(result?.kind === 'build' && { imageId: result.imageId }),
  };
}
