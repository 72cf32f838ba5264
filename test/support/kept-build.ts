import type { Task } from '../../contract/task.ts';
import type { KnownBuild } from '../../main/features/build-history/kept-build.ts';

/** The task of a build that ended well. */
export const endedBuild = (id: string, createdAt: number): Task => ({
  id,
  kind: 'build',
  title: 'Build a:1',
  request: { kind: 'build', folder: '', dockerfile: 'Dockerfile', references: ['a:1'] },
  state: 'succeeded',
  createdAt,
  startedAt: createdAt,
  endedAt: createdAt + 1500,
  progress: { phase: 'building' },
  logLines: 0,
});

/** The same build as it is kept. */
export const keptBuild = (id: string, createdAt: number): KnownBuild => ({
  task: endedBuild(id, createdAt),
  folder: '/project',
  secretFiles: {},
  argDigests: {},
  dockerfile: { path: 'Dockerfile', text: 'FROM a' },
  hasIgnoreFile: false,
  bases: {},
  engine: 'e',
  knownSeconds: {},
});
