import { expect, test } from 'vitest';
import { explainBuild } from '../../../main/features/build-history/explain-build.ts';
import { buildAgain, lastBuild, reopenBuild } from '../../../main/procedures/reopen-build.ts';
import { base, host } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('a build is kept: its record, its log and what is needed to build it again, but no secret argument', async () => {
  using kept = new WorkFolder();
  const secret = `s3cret-${Math.random()}`;
  using folder = new WorkFolder({
    Dockerfile: `FROM ${base}\nARG API_TOKEN\nARG WHO\nRUN echo hello $WHO ${Math.random()} && test -n $API_TOKEN\n`,
  });
  const app = await startApp(host, { folder: kept.path });
  const task = await app.run({
    kind: 'build',
    folder: app.readable(folder.path),
    dockerfile: 'Dockerfile',
    references: ['it-kept:1'],
    args: { API_TOKEN: secret, WHO: 'world' },
  });
  await app.history.read(task.id);
  await app.tasks.close();
  await app.history.close();
  app.connection.close();
  await using later = await startApp(host, { folder: kept.path });
  // an engine may remember builds of other tests
  expect(later.history.summaries.filter(({ origin }) => !origin)).toMatchObject([
    { id: task.id, state: 'succeeded', references: ['it-kept:1'], folder: { path: folder.path } },
  ]);
  const record = await later.history.record(task.id);
  expect(record).toMatchObject({
    task: { state: 'succeeded', request: { args: { WHO: 'world' } } },
    withheldArgs: ['API_TOKEN'],
    hasLog: true,
  });
  expect((await later.history.read(task.id)).layers?.at(-1)?.createdBy).toContain('echo hello');
  expect(JSON.stringify(await later.history.read(task.id))).not.toContain(secret);
  const lines = (await Array.fromAsync(later.history.followLog(task.id, 0, undefined))).flat();
  expect(lines.map(({ text }) => text).join('\n')).toContain('hello world');
  // what is missing is named, and nothing is built without it
  expect(await reopenBuild(later.history, later.grants, task.id)).toMatchObject({
    inputs: { args: { WHO: 'world' } },
    withheldArgs: ['API_TOKEN'],
  });
  expect(await lastBuild(later.history, later.grants, folder.path)).toMatchObject({ withheldArgs: ['API_TOKEN'] });
  await expect(buildAgain(later.history, later.grants, later.tasks, task.id)).rejects.toMatchObject({
    failure: { title: 'This build needs API_TOKEN again' },
  });
  await later.history.forget([task.id]);
  // what other tools built on this engine stays
  expect(later.history.summaries.filter(({ origin }) => origin === undefined)).toEqual([]);
});

test('a password that is also a user, a stage and a name costs none of them; values with a secret in them are asked for again', async () => {
  await using app = await startApp(host);
  const lines = [`FROM ${base} AS postgres`, 'ARG DB_USER', 'ARG DB_PASSWORD', 'ARG ADDRESS', `RUN echo $DB_USER ${Math.random()} > /user`];
  using folder = new WorkFolder({ 'Dockerfile.postgres': `${lines.join('\n')}\n` });
  const chosen = { dockerfile: 'Dockerfile.postgres', references: ['it-postgres:1'], target: 'postgres', labels: { db: 'postgres' } };
  const build = async (password: string) => {
    const args = { DB_USER: 'postgres', DB_PASSWORD: password, ADDRESS: `db://me:${password}@db` };
    return app.run({ kind: 'build', folder: app.readable(folder.path), ...chosen, args });
  };
  const { id } = await build('postgres');
  const { task, dockerfile } = await app.history.read(id);
  expect(task).toMatchObject({ title: 'Build it-postgres:1', request: { ...chosen, args: { DB_USER: 'postgres' } } });
  expect(dockerfile.path).toBe('Dockerfile.postgres');
  const withheldArgs = ['DB_PASSWORD', 'ADDRESS'];
  expect(await lastBuild(app.history, app.grants, folder.path)).toMatchObject({
    last: { ...chosen, args: { DB_USER: 'postgres' } },
    withheldArgs,
  });
  const later = await build('another-one');
  const { steps } = await explainBuild(app.history, app.connection.current, later.id);
  expect(steps.flatMap(({ causes }) => causes)).toEqual(withheldArgs.map((name) => ({ kind: 'arg-changed', name })));
});
