import { basename } from 'node:path';
import { expect, test } from 'vitest';
import type { TaskRequest } from '../../../contract/task.ts';
import { inspectFolder } from '../../../main/features/projects/inspect-folder.ts';
import { lastBuild, reopenBuild } from '../../../main/procedures/reopen-build.ts';
import { buildDirectly } from '../../support/build-directly.ts';
import { base, builderChoices, builders, host, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { runDocker } from '../../support/measure-parity.ts';
import { installedCommands } from '../../support/parity-tests.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { older } = await installedCommands();

const recipe = (more = '') => `FROM ${base}\nCOPY . /c\nRUN find /c -type f | sort > /list${more}\n`;

/** A folder with one file, and a Dockerfile beside it. */
function project(more = '', ignored?: string) {
  const folder = new WorkFolder({ 'a.txt': `${Math.random()}`, 'b.txt': '', ...(ignored !== undefined && { '.dockerignore': ignored }) });
  const elsewhere = new WorkFolder({ 'my recipe': recipe(more) });
  return { folder, elsewhere, file: elsewhere.file('my recipe') };
}

const listOf = async (app: TestApp, reference: string) => {
  const { docker } = app.connection.engine;
  const container = await docker.createContainer({ Image: reference, Cmd: ['x'] });
  try {
    // a container that never starts will do: Podman 4.3's can't where limits are low
    const tarball = Buffer.concat(await Array.fromAsync((await container.getArchive({ path: '/list' })) as AsyncIterable<Buffer>));
    return tarball.toString('latin1').match(/\/c\/[\w./]+/g) ?? [];
  } finally {
    await container.remove({ force: true });
  }
};

test.each(builderChoices)('%s: a Dockerfile outside the folder builds it, is kept, and is found again', async (builder) => {
  await using app = await startApp(host, { builder: builder });
  const { folder, elsewhere, file } = project(' # first', 'b.txt\n');
  using _ = folder;
  using __ = elsewhere;
  const request: TaskRequest = {
    kind: 'build',
    folder: app.readable(folder.path),
    dockerfile: basename(file),
    dockerfileFrom: app.readable(file),
    references: ['it-outside:1'],
  };
  const first = await app.run(request);
  expect(first).toMatchObject({ state: 'succeeded' });
  expect(first.progress.build?.steps.find(({ instruction }) => instruction.startsWith('COPY'))?.lines).toEqual({ first: 2, last: 2 });
  expect(await listOf(app, 'it-outside:1')).toEqual(['/c/.dockerignore', '/c/a.txt']);
  const second = await app.run(request);
  expect(second.result).toMatchObject({ steps: 3, cachedSteps: 3 });
  // the history knows where the Dockerfile is
  const kept = await app.history.read(second.id);
  expect(kept.dockerfile).toEqual({ path: file, text: recipe(' # first') });
  expect(app.history.summaries[0]).toMatchObject({ dockerfile: file });
  expect((await app.history.before(second.id))?.task.id).toBe(first.id);
  const reopened = await reopenBuild(app.history, app.grants, second.id);
  expect(app.grants.pathOf(reopened.inputs.dockerfileFrom ?? '', 'read')).toBe(file);
  const inside = await inspectFolder(folder.path, await lastBuild(app.history, app.grants, folder.path));
  expect(inside).toMatchObject({ dockerfiles: [{ path: file }], lastInputs: { dockerfile: 'my recipe', references: ['it-outside:1'] } });
});

test.each(builders)('%s: a Dockerfile chosen inside the folder counts as one of the folder', async (builder) => {
  using folder = new WorkFolder({ 'deep/down/recipe': recipe(` # ${Math.random()}`), 'a.txt': '' });
  const { sent } = await buildDirectly(host, builder, { folder: folder.path, dockerfile: 'deep/down/recipe' });
  expect(sent).toContain('deep/down/recipe');
});

test.runIf(traits.hasBuildKit)('its own ignore file counts with BuildKit, and the folder’s with the classic builder', async () => {
  await using app = await startApp(host);
  const { folder, elsewhere, file } = project(` # ${Math.random()}`, 'b.txt\n');
  using _ = folder;
  using __ = elsewhere;
  elsewhere.write('my recipe.dockerignore', 'a.txt\n');
  const order = { folder: folder.path, dockerfile: file, references: ['it-outside:2'] };
  await buildDirectly(host, 'buildkit', order);
  expect(await listOf(app, 'it-outside:2')).toEqual(['/c/.dockerignore', '/c/b.txt']);
  await buildDirectly(host, 'classic', order);
  expect(await listOf(app, 'it-outside:2')).toEqual(['/c/.dockerignore', '/c/a.txt']);
});

test.runIf(older).each(builders)('%s: what docker’s command built from it is found in the cache', async (builder) => {
  if (!older) throw new Error('no command');
  const { folder, elsewhere, file } = project(` # ${Math.random()}`);
  using _ = folder;
  using __ = elsewhere;
  await runDocker(host, older, ['build', '--file', file, folder.path], builder);
  const { steps } = await buildDirectly(host, builder, { folder: folder.path, dockerfile: file, classicModes: older.modes });
  expect(steps.map(({ state }) => state)).toEqual(['cached', 'cached', 'cached']);
});
