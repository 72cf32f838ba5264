import { symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Task, TaskRequest } from '../../../contract/task.ts';
import { base, builderChoices, host, ownName, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

type Build = Partial<Extract<TaskRequest, { kind: 'build' }>>;

const order = (app: TestApp, folder: WorkFolder, more: Build = {}): TaskRequest => ({
  kind: 'build',
  folder: app.readable(folder.path),
  dockerfile: 'Dockerfile',
  references: ['it-build:1'],
  ...more,
});

const stepsOf = (task: Task) => task.progress.build?.steps ?? [];
const logOf = async (app: TestApp, id: string) =>
  (await Array.fromAsync(app.tasks.followLog(id, 0, undefined))).flat().map(({ text }) => text);

const containersOf = async (app: TestApp) =>
  (await app.connection.engine.docker.listContainers({ all: true })).map(({ Command }) => Command);

describe.each(builderChoices)('builder %s', (builder) => {
  const start = () => startApp(host, { builder });

  test('a folder that no longer exists fails at once instead of hanging', async () => {
    await using app = await start();
    const folder = new WorkFolder({ Dockerfile: `FROM ${base}\n` });
    folder[Symbol.dispose]();
    const task = await app.ended(app.tasks.start(order(app, folder)));
    expect(task).toMatchObject({ state: 'failed', failure: { kind: 'not-found', title: 'The file or folder no longer exists' } });
  });

  test('builds what the folder holds, leaves out what .dockerignore names, and uses the cache the second time', async () => {
    await using app = await start();
    using folder = new WorkFolder({
      Dockerfile: `FROM ${base}\nARG WHO=nobody\nRUN echo hello $WHO\nCOPY . /app\nRUN ls -R /app && cat /app/link\n`,
      '.dockerignore': 'secret\n**/*.tmp\n',
      'a.txt': `content ${Math.random()}`,
      secret: 'x',
      'sub/b.tmp': 'x',
      'sub/c.txt': 'x',
    });
    symlinkSync('a.txt', folder.file('link'));
    const who = `world${Math.random()}`; // no cache has ever seen it
    const task = await app.run(order(app, folder, { args: { WHO: who }, references: ['it-build:1', 'it-build:other'] }));
    expect(task).toMatchObject({ state: 'succeeded', result: { kind: 'build', imageId: expect.stringMatching(/^sha256:/) } });
    expect(task.progress.build?.builder).toBe(builder === 'classic' ? 'classic' : 'buildkit');
    const log = (await logOf(app, task.id)).join('\n');
    expect(log).toContain(`hello ${who}`);
    expect(log).toContain('content 0.');
    expect(log).toContain('c.txt');
    expect(log).not.toMatch(/^secret$|b\.tmp/m);
    const { RepoTags } = await app.connection.engine.docker.getImage('it-build:other').inspect();
    expect(RepoTags).toContain(ownName('it-build:1'));

    const again = await app.run(order(app, folder, { args: { WHO: who } }));
    const instructions = stepsOf(again).filter(({ instruction }) => /^(RUN|COPY)/.test(instruction));
    expect(instructions.map(({ state }) => state)).toEqual(['cached', 'cached', 'cached']);
  });

  test('a failing RUN is named with its exit code, and leaves no container', async () => {
    await using app = await start();
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN echo ${Math.random()} && exit 7\n` });
    const before = await containersOf(app);
    const task = await app.run(order(app, folder));
    expect(task).toMatchObject({ state: 'failed', failure: { kind: 'step-failed', title: expect.stringContaining('exit code 7') } });
    expect(stepsOf(task).filter(({ state }) => state === 'failed')).toHaveLength(1);
    expect(await containersOf(app)).toEqual(before);
  });

  test('a mistake in the Dockerfile is named with its line', async () => {
    await using app = await start();
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUNN echo\n` });
    const task = await app.run(order(app, folder));
    expect(task).toMatchObject({ state: 'failed', failure: { kind: 'dockerfile' } });
    expect(`${task.failure?.title} ${task.failure?.cause}`).toMatch(/line 2|RUNN/i);
  });

  test('a file that COPY needs and that was not sent is named', async () => {
    await using app = await start();
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nCOPY nowhere.txt /\n` });
    const { failure } = await app.run(order(app, folder));
    expect(failure).toMatchObject({ kind: 'dockerfile', title: expect.stringContaining('nowhere.txt') });
  });

  test('cancelled in the first moment, nothing is built', async () => {
    await using app = await start();
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN echo ${Math.random()}\n` });
    const id = app.tasks.start(order(app, folder, { references: ['it-never:1'] }));
    app.tasks.cancel(id);
    expect((await app.ended(id)).state).toBe('cancelled');
    await expect(app.connection.engine.docker.getImage('it-never:1').inspect()).rejects.toThrow();
  });

  test.runIf(traits.endsStepsAtOnce)('cancelled in the middle of a RUN, the RUN is gone', async () => {
    await using app = await start();
    const mark = `sleep ${1000 + Math.floor(Math.random() * 100_000)}`;
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN ${mark}\n` });
    const id = app.tasks.start(order(app, folder));
    await app.until(() => stepsOf(app.tasks.task(id)).some(({ instruction, state }) => instruction.includes(mark) && state === 'running'));
    app.tasks.cancel(id);
    const ended = await app.ended(id);
    expect(ended.state).toBe('cancelled');
    expect(stepsOf(ended).map(({ state }) => state)).not.toContain('running');
    await expect.poll(() => containersOf(app)).not.toContainEqual(expect.stringContaining(mark));
  });
});

test('a context of 5,000 files, long names and non-ASCII names among them, arrives whole', async () => {
  await using app = await startApp(host);
  using folder = new WorkFolder({
    Dockerfile: `FROM ${base}\nCOPY . /c\nRUN find /c -type f | wc -l > /n && cat /n\n`,
    'grün/漢字.txt': 'x',
  });
  for (let i = 0; i < 5000; i++) folder.write(`${i % 50}/${'long-name-'.repeat(11)}${i}`, `file ${i}`);
  for (const builder of builderChoices) {
    app.builder = builder;
    const task = await app.run(order(app, folder, { noCache: true }));
    expect(task.failure).toBeUndefined();
    expect((await logOf(app, task.id)).map((line) => line.trim())).toContain('5002');
  }
});
