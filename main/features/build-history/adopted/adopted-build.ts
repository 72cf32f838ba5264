import { createHash } from 'node:crypto';
import type { BuiltLayer } from '../../../../contract/build-record.ts';
import { countSteps } from '../../../../contract/count-steps.ts';
import type { Task } from '../../../../contract/task.ts';
import type { RecordedBuild, RunningBuild } from '../../../foundation/buildkit/recorded-build.ts';
import { basesOf } from '../../../foundation/dockerfile/bases-of.ts';
import { readInstructions } from '../../../foundation/dockerfile/read-instructions.ts';
import { resolvedBases } from '../find-bases.ts';
import { type KnownBuild, secondsOf } from '../kept-build.ts';
import { withholdSecrets } from '../withhold-secrets.ts';

/** An account of a build: of which engine or file, BuildKit's own name for it, and from when to when it ran. */
export type Remembered = { identity: string; ref: string; startedAt: number; endedAt: number };

/** A build of which a file has an account. Each engine of a builder with several has one, all by one name. */
export const fromFile = (build: Omit<Remembered, 'identity'>): Remembered => ({ ...build, identity: `file ${build.startedAt}` });

/** The id of a build of another tool, the same whenever it is met. */
export function idOf({ identity, ref }: Pick<Remembered, 'identity' | 'ref'>): string {
  const hex = createHash('sha256').update(`${identity} ${ref}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

type Given = { id: string; ref: string; engine: string; salt: string; layers: BuiltLayer[] | undefined; logLines: number };

/** What a build of another tool is asked to do and when it began, in the form of an own one's task; `args` are those that may be shown. */
function begunTask(id: string, build: RunningBuild, args: Record<string, string>) {
  const request: Task['request'] = {
    kind: 'build',
    // unknown, so it can't be built again from here
    folder: '',
    dockerfile: build.dockerfile.path,
    references: build.references,
    ...(Object.keys(args).length > 0 && { args }),
    ...(Object.keys(build.labels).length > 0 && { labels: build.labels }),
    ...(build.target && { target: build.target }),
    ...(build.platform && { platform: build.platform }),
    ...(build.noCache && { noCache: true }),
  };
  const title = `Build ${build.references[0] ?? 'an image without a name'}`;
  return { id, kind: 'build' as const, title, request, createdAt: build.startedAt, startedAt: build.startedAt };
}

/** A build of another tool that runs, as the window shows it. */
export const runningTask = (id: string, build: RunningBuild, logLines: number): Task => {
  const { args, withheld } = withholdSecrets(build.args, '');
  const progress = { phase: 'building' as const, build: withheld.cleanAll(build.progress) };
  return { ...begunTask(id, build, args), state: 'running', progress, logLines };
};

/** A build of another tool in the form in which own ones are stored. Its folder and its files are not known. */
export function adoptedBuild(build: RecordedBuild, { id, ref, engine, salt, layers, logLines }: Given): KnownBuild {
  const { args, argDigests, withheld } = withholdSecrets(build.args, salt);
  const progress = withheld.cleanAll(build.progress);
  const bases = basesOf(readInstructions(build.dockerfile.text, build.args));
  const task: Task = {
    ...begunTask(id, build, args),
    state: build.end.state,
    endedAt: build.endedAt,
    progress: { phase: 'finishing', build: progress },
    ...(build.end.state === 'succeeded' && {
      result: { kind: 'build', imageId: build.end.imageId ?? '', references: build.references, ...countSteps(progress.steps) },
    }),
    ...(build.end.state === 'failed' && { failure: withheld.cleanAll(build.end.failure) }),
    logLines,
  };
  return {
    task,
    ref,
    origin: build.origin,
    folder: '',
    secretFiles: {},
    argDigests,
    dockerfile: build.dockerfile,
    hasIgnoreFile: false,
    bases: resolvedBases(progress, bases),
    engine,
    ...(layers && { layers: withheld.cleanAll(layers) }),
    knownSeconds: secondsOf(progress),
  };
}
