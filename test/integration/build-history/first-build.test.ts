import { expect, test } from 'vitest';
import type { FirstBuild } from '../../../contract/explanation.ts';
import { explainBuild } from '../../../main/features/build-history/explain-build.ts';
import { base, host, ownName } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const python = `FROM ${base}\nRUN echo python > /python\nWORKDIR /app\nCOPY . .\nCMD ["python"]\n`;

async function build(app: TestApp, dockerfile: string, reference: string): Promise<string> {
  using folder = new WorkFolder({ Dockerfile: dockerfile, a: reference });
  const { id, state } = await app.run({
    kind: 'build',
    folder: app.readable(folder.path),
    dockerfile: 'Dockerfile',
    references: [reference],
  });
  expect(state).toBe('succeeded');
  return id;
}

const firstOf = async (app: TestApp, id: string): Promise<FirstBuild | undefined> =>
  (await explainBuild(app.history, app.connection.current, id)).first;

test('a different project is not offered because of its last steps, and a namesake is, however many images are newer', async () => {
  await using app = await startApp(host);
  await build(app, `FROM ${base}\nRUN echo older\n`, 'it-first-node:old');
  await build(app, python, 'it-first-python:1');
  // one layer less than python's, so that nothing but its last steps is like it
  const own = await build(app, python.replace('RUN echo python > /python\n', '').replace('python', 'node'), 'it-first-node:new');
  expect((await firstOf(app, own))?.comparable.map(({ name, because }) => [name, because])).toEqual([
    [ownName('it-first-node:old'), 'name'],
  ]);
  const alike = await build(app, python, 'it-first-alike:1');
  expect((await firstOf(app, alike))?.comparable.map(({ name, because }) => [name, because])).toEqual([
    [ownName('it-first-python:1'), 'steps'],
  ]);

  const { docker } = app.connection.engine;
  const imported = Array.from({ length: 41 }, async (_, place) => {
    const { Id } = await docker.getImage('it-first-node:old').inspect();
    const { id } = await docker.createContainer({ Image: Id, Cmd: ['true'] });
    await docker.getContainer(id).commit({ repo: 'it-first-newer', tag: String(place) });
    await docker.getContainer(id).remove();
  });
  await Promise.all(imported);
  const again = await build(app, `FROM ${base}\nRUN echo ${Math.random()}\n`, 'it-first-node:newest');
  const names = (await firstOf(app, again))?.comparable.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([ownName('it-first-node:old')]));
});
