import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Task, TaskRequest } from '../../../contract/task.ts';
import { saveBuildLog } from '../../../main/features/build-history/read-kept-log.ts';
import { PartialFiles } from '../../../main/foundation/files/partial-files.ts';
import { first } from '../../support/advice-on.ts';
import { base, builderChoices, host, registry, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

type Build = Partial<Extract<TaskRequest, { kind: 'build' }>>;

const withBuilder = (builder: TestApp['builder']) => startApp(host, { builder });

const build = (app: TestApp, folder: WorkFolder, more: Build = {}): Promise<Task> =>
  app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-options:1'], ...more });

const logOf = async (app: TestApp, id: string) =>
  (await Array.fromAsync(app.tasks.followLog(id, 0, undefined)))
    .flat()
    .map(({ text }) => text)
    .join('\n');

const inspect = (app: TestApp, reference = 'it-options:1') => app.connection.engine.docker.getImage(reference).inspect();

describe.each(builderChoices)('builder %s', (builder) => {
  test('labels, network, platform and target are obeyed', async () => {
    await using app = await withBuilder(builder);
    using folder = new WorkFolder({
      Dockerfile: `FROM ${base} AS first\nRUN ls /sys/class/net && echo ${Math.random()}\nFROM scratch AS second\nCOPY Dockerfile /\n`,
    });
    const offline = await build(app, folder, { target: 'first', network: 'none', labels: { 'org.example.who': 'me = "you"' } });
    expect(offline).toMatchObject({ state: 'succeeded' });
    if (traits.hasOwnNetworks) expect(await logOf(app, offline.id)).not.toContain('eth0');
    expect((await inspect(app)).Config.Labels).toMatchObject({ 'org.example.who': 'me = "you"' });

    const foreign = await build(app, folder, { platform: 'linux/arm64' });
    if (builder === 'classic' && traits.classicNeedsPlatform) {
      // the base is here for this computer alone, and no registry has it
      expect(foreign).toMatchObject({ state: 'failed', failure: { kind: 'registry-unreachable' } });
      return;
    }
    expect(foreign).toMatchObject({ state: 'succeeded' });
    expect(await inspect(app)).toMatchObject({ Architecture: 'arm64' });
  });

  test('only BuildKit reads a Dockerfile’s own ignore file', async () => {
    await using app = await withBuilder(builder);
    using folder = new WorkFolder({
      'own.Dockerfile': `FROM ${base}\nCOPY . /c\nRUN ls /c && echo ${Math.random()}\n`,
      'own.Dockerfile.dockerignore': 'dropped-by-own\n',
      '.dockerignore': 'dropped-by-common\n',
      'dropped-by-own': '',
      'dropped-by-common': '',
    });
    const task = await build(app, folder, { dockerfile: 'own.Dockerfile' });
    expect(task).toMatchObject({ state: 'succeeded' });
    const log = await logOf(app, task.id);
    const [dropped, sent] = builder === 'classic' ? ['common', 'own'] : ['own', 'common'];
    if (!traits.ignoresTwice) expect(log).toMatch(new RegExp(`^dropped-by-${sent}$`, 'm'));
    expect(log).not.toMatch(new RegExp(`^dropped-by-${dropped}$`, 'm'));
  });

  test('if an image to take steps from cannot be pulled, the log says so and the build goes on', async () => {
    await using app = await withBuilder(builder);
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN echo ${Math.random()}\n` });
    const task = await build(app, folder, { cacheFrom: [`${registry}/nowhere:1`] });
    expect(task).toMatchObject({ state: 'succeeded' });
    const note = traits.takesPublishedSteps ? /Continuing without the steps of .*nowhere:1/ : /takes no steps from published images/;
    if (builder === 'classic') expect(await logOf(app, task.id)).toMatch(note);
  });
});

/** Builds, pushes, and removes everything that is on this engine. */
async function publishAndForget(app: TestApp, folder: WorkFolder, reference: string, more: Build): Promise<void> {
  expect(await build(app, folder, { references: [reference], ...more })).toMatchObject({ state: 'succeeded' });
  expect(await app.run({ kind: 'push', references: [reference], to: 'own-registry' })).toMatchObject({ state: 'succeeded' });
  const { docker } = app.connection.engine;
  await docker.getImage(reference).remove({ force: true });
  await docker.pruneImages({ filters: { dangling: ['true'] } });
  await docker.pruneBuilder();
}

const instructionsOf = (task: Task, state: string) =>
  (task.progress.build?.steps ?? [])
    .filter((step) => step.number !== undefined && step.state === state)
    .map(({ instruction }) => instruction);

// it clears the engine's whole build cache, which must not happen to an engine that is not ours
const engineIsOurs = process.env.LAYERDECK_TEST_ENGINE === undefined;
test.runIf(engineIsOurs && traits.takesPublishedSteps).each(builderChoices)(
  'builder %s: a published image gives its steps to a build elsewhere',
  async (builder) => {
    await using app = await withBuilder(builder);
    const reference = `${registry}/it-cache-${builder}:1`;
    const run = `RUN echo ${Math.random()} > /made`;
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${run}\n` });
    await publishAndForget(app, folder, reference, builder === 'automatic' ? { inlineCache: true } : {});
    const task = await build(app, folder, { cacheFrom: [reference] });
    expect(instructionsOf(task, 'cached')).toContain(run);
    const got = task.progress.build?.steps.find(({ instruction }) => instruction === `get ${reference} to reuse its steps`);
    if (builder === 'classic') expect(got).toMatchObject({ state: 'built' });
  },
);

const refusal = (wish: string) =>
  traits.hasBuildKit ? `The classic builder doesn’t support ${wish}` : `Layerdeck can’t build with ${wish} on Podman`;

test.each([
  [{ inlineCache: true }, refusal('cache information in the image')],
  [{ secrets: [{ id: 'a', source: { from: 'environment', variable: 'HOME' } }] }, refusal('secrets')],
  [{ ssh: true }, refusal('SSH keys')],
] as [Build, string][])('classic: %j is refused before anything is sent', async (more, title) => {
  await using app = await withBuilder('classic');
  using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n` });
  const task = await build(app, folder, more);
  expect(task).toMatchObject({ state: 'failed', failure: { title } });
  expect(task.progress.build).toBeUndefined();
});

describe.skipIf(!traits.hasBuildKit)('secrets', () => {
  const value = `s3cr3t-${Math.random()}`;

  test('from a file and from the environment, and they are in no layer, no log and no task', async () => {
    await using app = await withBuilder('automatic');
    using elsewhere = new WorkFolder({ token: value });
    process.env.LAYERDECK_TEST_SECRET = `${value}-env`;
    const mounts = '--mount=type=secret,id=token --mount=type=secret,id=env --mount=type=secret,id=absent';
    const check = `test "$(cat /run/secrets/token)-env" = "$(cat /run/secrets/env)" && ! test -e /run/secrets/absent`;
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN ${mounts} ${check} && wc -c < /run/secrets/token > /length\n` });
    const task = await build(app, folder, {
      noCache: true,
      secrets: [
        { id: 'token', source: { from: 'file', file: app.readable(elsewhere.file('token')) } },
        { id: 'env', source: { from: 'environment', variable: 'LAYERDECK_TEST_SECRET' } },
      ],
    });
    delete process.env.LAYERDECK_TEST_SECRET;
    expect(task.failure).toBeUndefined();
    const saved = Buffer.concat(
      await Array.fromAsync((await app.connection.engine.docker.getImage('it-options:1').get()) as AsyncIterable<Buffer>),
    );
    expect(saved.includes('/run/secrets/token')).toBe(true); // the instruction can be found there, the value can't
    expect(saved.includes(value)).toBe(false);
    expect(await logOf(app, task.id)).not.toContain(value);
    expect(JSON.stringify(app.tasks.tasks)).not.toContain(value);
  });

  test('what a RUN prints of them is in no log, no failure and no history', async () => {
    await using app = await withBuilder('automatic');
    using elsewhere = new WorkFolder({ token: `user\n${value}-file\n` });
    const printing = 'cat /run/secrets/token && cat /run/secrets/token >&2 && base64 /run/secrets/token && false';
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN --mount=type=secret,id=token ${printing}\n` });
    const secrets: Build['secrets'] = [{ id: 'token', source: { from: 'file', file: app.readable(elsewhere.file('token')) } }];
    const task = await build(app, folder, { noCache: true, secrets });
    expect(task.state).toBe('failed');
    await expectNowhere(app, task, `${value}-file`);
  });

  test('written as the advice says, a step gets what it took as an argument before', async () => {
    await using app = await withBuilder('automatic');
    const { suggestion } =
      first([`FROM ${base}`, 'ARG TOKEN', `RUN --mount=type=cache,target=/c echo $TOKEN | grep -c '^${value}$'`]) ?? {};
    using elsewhere = new WorkFolder({ token: value });
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${suggestion}\n` });
    const secrets: Build['secrets'] = [{ id: 'token', source: { from: 'file', file: app.readable(elsewhere.file('token')) } }];
    expect((await build(app, folder, { noCache: true, secrets })).failure).toBeUndefined();
  });

  test('a secret that a RUN requires, but that was not given, is named', async () => {
    await using app = await withBuilder('automatic');
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN --mount=type=secret,id=token,required=true true\n` });
    expect((await build(app, folder, { noCache: true })).failure).toMatchObject({ title: 'A step needs the secret “token”' });
  });

  test('a secret that is too large is refused with an explanation', async () => {
    await using app = await withBuilder('automatic');
    using elsewhere = new WorkFolder({ large: Buffer.alloc(500 * 1024 + 1) });
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN --mount=type=secret,id=token,required=true true\n` });
    const secrets: Build['secrets'] = [{ id: 'token', source: { from: 'file', file: app.readable(elsewhere.file('large')) } }];
    expect((await build(app, folder, { noCache: true, secrets })).failure).toMatchObject({ title: 'The secret “token” is too large' });
  });

  test('a secret whose file has gone fails the build, and is not silently left out', async () => {
    await using app = await withBuilder('automatic');
    using elsewhere = new WorkFolder({ token: value });
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN --mount=type=secret,id=token true\n` });
    const secrets: Build['secrets'] = [{ id: 'token', source: { from: 'file', file: app.readable(elsewhere.file('token')) } }];
    elsewhere[Symbol.dispose]();
    expect((await build(app, folder, { noCache: true, secrets })).failure).toMatchObject({ kind: 'not-found' });
  });
});

test.each(builderChoices)('builder %s: an argument that sounds like a secret is in no log, failure or history', async (builder) => {
  const value = `s3cr3t/${Math.random()}`;
  await using app = await withBuilder(builder);
  const printing = 'echo "a $NPM_TOKEN b" && echo $NPM_TOKEN >&2 && env && false';
  using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nARG NPM_TOKEN\nRUN ${printing}\n` });
  const task = await build(app, folder, { noCache: true, args: { NPM_TOKEN: value } });
  expect(task.state).toBe('failed');
  expect(await logOf(app, task.id)).toContain('a [withheld] b');
  await expectNowhere(app, task, value);
});

/** The value is neither in what the window shows of a build, nor in what is kept or saved of it. */
async function expectNowhere(app: TestApp, task: Task, value: string): Promise<void> {
  using saved = new WorkFolder();
  await app.tasks.logWritten(task.id);
  await saveBuildLog(app.history, task.id, { partials: new PartialFiles(saved.file('journal.json')), path: saved.file('build.log') });
  const kept = await app.history.read(task.id);
  const shown = JSON.stringify({ progress: task.progress, failure: task.failure });
  const texts = [
    await logOf(app, task.id),
    shown,
    JSON.stringify(kept),
    readFileSync(saved.file('build.log'), 'utf8'),
    readFileSync(app.history.logFile(task.id), 'utf8'),
  ];
  for (const text of texts) {
    expect(text).not.toContain(value);
    expect(text).not.toBe('');
  }
}
