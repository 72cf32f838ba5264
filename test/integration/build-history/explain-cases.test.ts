import { linkSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StepCause } from '../../../contract/explanation.ts';
import type { TaskRequest } from '../../../contract/task.ts';
import { explainBuild, whyDifferent } from '../../../main/features/build-history/explain-build.ts';
import { requestJson } from '../../../main/foundation/engine/request.ts';
import { base, builderChoices, host, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// Cases that people ran into, each once explained with a wrong cause.

type Builder = TestApp['builder'];
type Inputs = Partial<Extract<TaskRequest, { kind: 'build' }>>;

/** Builds, changes, builds again, and gives the causes by the steps that have any. */
async function causesOf(
  builder: Builder,
  files: Record<string, string>,
  change: (folder: WorkFolder, app: TestApp) => void | Promise<void>,
  inputs: Inputs = {},
): Promise<Record<string, StepCause[]>> {
  await using app = await startApp(host, { builder: builder });
  using folder = new WorkFolder(files);
  const build = (more: Inputs) =>
    app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-case:1'], ...more });
  const first = await build({});
  expect(first).toMatchObject({ state: 'succeeded' });
  // a file that changes while it is recorded counts as unknown
  await app.history.read(first.id);
  await change(folder, app);
  const task = await build(inputs);
  const { steps } = await explainBuild(app.history, app.connection.current, task.id);
  const words = new Map(task.progress.build?.steps.map(({ id, instruction }) => [id, instruction]));
  return Object.fromEntries(steps.filter(({ causes }) => causes.length > 0).map(({ step, causes }) => [words.get(step) ?? '', causes]));
}

const mark = () => `M=${Math.random()}`;
const content = (path: string): StepCause => ({ kind: 'files-changed', total: 1, changes: [{ path, differences: [{ what: 'content' }] }] });

test('classic builder: a copy that became a hard link', async () => {
  const files = { Dockerfile: `FROM ${base}\nENV ${mark()}\nCOPY src /src\n`, 'src/a': 'a', 'src/z': 'a' };
  const causes = await causesOf('classic', files, (folder) => {
    rmSync(folder.file('src/z'));
    linkSync(folder.file('src/a'), folder.file('src/z'));
  });
  const change = { path: 'src/z', differences: [{ what: 'hard-link', after: 'src/a' }] };
  expect(causes).toEqual({ 'COPY src /src': [{ kind: 'files-changed', total: 1, changes: [change] }] });
});

test.each(builderChoices)('builder %s: an ARG moved above an unchanged RUN', async (builder) => {
  const text = (...lines: string[]) => `FROM ${base}\nENV ${own}\n${lines.join('\n')}\n`;
  const own = mark();
  const causes = await causesOf(builder, { Dockerfile: text('RUN echo one', 'ARG WHO=x', 'RUN echo $WHO') }, (folder) => {
    folder.write('Dockerfile', text('ARG WHO=x', 'RUN echo one', 'RUN echo $WHO'));
  });
  expect(Object.keys(causes)).toEqual(['RUN echo one']);
  expect(causes['RUN echo one']).toContainEqual({ kind: 'arg-changed', name: 'WHO', after: 'x' });
  expect(causes['RUN echo one']?.map(({ kind }) => kind)).not.toContain('instruction-new');
});

test.each(builderChoices.flatMap((builder) => ['!a.txt', ' a  b.txt'].map((name) => [builder, name] as const)))(
  'builder %s: %j edited',
  async (builder, name) => {
    const files = { Dockerfile: `FROM ${base}\nENV ${mark()}\nCOPY ["${name}", "/${Math.random()}/"]\n`, [name]: 'x' };
    const causes = await causesOf(builder, files, (folder) => void folder.write(name, `y${Math.random()}`));
    expect(Object.values(causes)).toEqual([[content(name)]]);
  },
);

test.each(builderChoices)('builder %s: names in quotes, as a builder reads them', async (builder) => {
  const text = `FROM ${base}\nENV ${mark()}\nCOPY "a.txt" 'b.txt' "/${Math.random()}/"\n`;
  const causes = await causesOf(builder, { Dockerfile: text, 'a.txt': '1', 'b.txt': '1' }, (folder) => void folder.write('b.txt', '2'));
  expect(Object.values(causes)).toEqual([[content('b.txt')]]);
});

test.each(builderChoices)('builder %s: a base that an argument names', async (builder) => {
  const files = { Dockerfile: `ARG BASE=${base}\nFROM $BASE\nENV ${mark()}\nRUN echo a > /a\n` };
  const other = 'it-case-other:1';
  const makeOther = async (_: WorkFolder, app: TestApp) => {
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN echo other > /other\n` });
    await app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: [other] });
  };
  const causes = await causesOf(builder, files, makeOther, { args: { BASE: other } });
  expect(Object.values(causes)).toEqual([[{ kind: 'arg-changed', name: 'BASE', before: base, after: other }]]);
});

test.each(builderChoices)('builder %s: the same base under another name is no cause', async (builder) => {
  const text = `ARG BASE=${base}\nFROM $BASE\nCOPY a.txt /${Math.random()}\n`;
  const rename = async (folder: WorkFolder, app: TestApp) => {
    await app.connection.engine.docker.getImage(base).tag({ repo: 'it-case-renamed', tag: '1' });
    folder.write('a.txt', '2');
  };
  const causes = await causesOf(builder, { Dockerfile: text, 'a.txt': '1' }, rename, { args: { BASE: 'it-case-renamed:1' } });
  expect(Object.values(causes)).toEqual([[content('a.txt')]]);
});

test.each(builderChoices)('builder %s: another image to copy from is named once, and as what it is', async (builder) => {
  const text = (from: string) => `FROM ${base}\nENV ${own}\nCOPY --from=${from} /bin/cat /${own}\n`;
  const own = mark();
  const causes = await causesOf(builder, { Dockerfile: text(base) }, async (folder, app) => {
    using inner = new WorkFolder({ Dockerfile: `FROM ${base}\nCOPY cat /bin/cat\n`, cat: own });
    await app.run({ kind: 'build', folder: app.readable(inner.path), dockerfile: 'Dockerfile', references: ['it-case-from:1'] });
    folder.write('Dockerfile', text('it-case-from:1'));
  });
  const [before, after] = [base, 'it-case-from:1'].map((from) => `COPY --from=${from} /bin/cat /${own}`);
  expect(Object.values(causes)).toEqual([[{ kind: 'instruction-changed', before, after }]]);
});

test.each(builderChoices)('builder %s: no cause is made up from what a base adds', async (builder) => {
  await using app = await startApp(host, { builder: builder });
  const own = mark();
  using folder = new WorkFolder({ Dockerfile: `FROM it-case-adds:1\nENV ${own}\nRUN echo last\n`, x: '1' });
  using adds = new WorkFolder({ Dockerfile: `FROM ${base}\nENV ${own}\nONBUILD COPY x /x\nONBUILD RUN echo added\n` });
  const build = (path: string, name: string) =>
    app.run({ kind: 'build', folder: app.readable(path), dockerfile: 'Dockerfile', references: [name] });
  expect(await build(adds.path, 'it-case-adds:1')).toMatchObject({ state: 'succeeded' });
  const states = ({ progress }: Awaited<ReturnType<typeof build>>) =>
    progress.build?.steps.filter(({ number }) => number !== undefined).map(({ number, state }) => `${number} ${state}`);
  const all = (first: string, rest: string) => [
    `1 ${first}`,
    ...(builder === 'classic' ? [2, 3] : [2, 3, 4]).map((one) => `${one} ${rest}`),
  ];
  const before = await build(folder.path, 'it-case:1');
  expect(states(before)?.toSorted()).toEqual(all(builder === 'classic' ? 'built' : 'cached', 'built'));
  await app.history.read(before.id);
  expect(states(await build(folder.path, 'it-case:1'))?.toSorted()).toEqual(all('cached', 'cached'));

  folder.write('x', '2');
  const task = await build(folder.path, 'it-case:1');
  expect(states(task)?.toSorted()).toEqual(all(builder === 'classic' ? 'built' : 'cached', 'built'));
  const { steps } = await explainBuild(app.history, app.connection.current, task.id);
  const causes = steps.flatMap((step) => step.causes);
  expect(causes).toEqual([expect.objectContaining({ kind: 'unknown' })]);
});

test('classic builder: a line that is different now is not the cause for a step on top of cached ones', async () => {
  const made = mark();
  const text = (...lines: string[]) => [...lines, 'CMD ["sh"]', 'WORKDIR /w', 'ADD f /w/', ''].join('\n');
  const files = { Dockerfile: text(`FROM ${base}`, `RUN echo ${made} > /a`), f: '1' };
  const causes = await causesOf('classic', files, async (folder, app) => {
    using other = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN echo ${made} > /a\n` });
    await app.run({ kind: 'build', folder: app.readable(other.path), dockerfile: 'Dockerfile', references: ['it-case-base:1'] });
    folder.write('Dockerfile', text('FROM it-case-base:1'));
    folder.write('f', '2');
  });
  expect(causes).toEqual({ 'ADD f /w/': [content('f')] });
});

test('classic builder: a label that was chosen', async () => {
  const causes = await causesOf('classic', { Dockerfile: `FROM ${base}\nENV ${mark()}\n` }, () => {}, { labels: { a: 'b' } });
  expect(Object.values(causes)).toEqual([[{ kind: 'option-changed', option: 'labels', after: 'a=b' }]]);
});

test.each(builderChoices)('builder %s: a stage without a name put first', async (builder) => {
  const own = mark();
  const before = `FROM ${base}\nENV ${own}\nRUN echo one > /o\nFROM ${base}\nCOPY --from=0 /o /\nRUN echo two ${own}\n`;
  const causes = await causesOf(builder, { Dockerfile: before }, (folder) => {
    folder.write('Dockerfile', `FROM ${base}\nRUN echo ${own} > /o\n${before}`);
  });
  expect(causes).toEqual({
    [`RUN echo ${own} > /o`]: [{ kind: 'instruction-new' }],
    'COPY --from=0 /o /': [{ kind: 'other-stage', from: '0' }],
  });
});

test.each(builderChoices)('builder %s: a file that is newly ignored is not said to be removed', async (builder) => {
  const files = {
    Dockerfile: `FROM ${base}\nENV ${mark()}\nCOPY src /${Math.random()}\n`,
    '.dockerignore': '*.log\n',
    'src/a': 'a',
    'src/b': 'b',
  };
  const causes = await causesOf(builder, files, (folder) => void folder.write('.dockerignore', '*.log\nsrc/b\n'));
  expect(Object.values(causes)).toEqual([
    [{ kind: 'files-changed', total: 1, changes: [{ path: 'src/b', differences: [{ what: 'ignored' }] }] }],
  ]);
});

test.runIf(traits.takesPublishedSteps)('classic builder: an image to take steps from that does not have them', async () => {
  const causes = await causesOf('classic', { Dockerfile: `FROM ${base}\nENV ${mark()}\nRUN echo\n` }, () => {}, { cacheFrom: [base] });
  expect(Object.values(causes)).toEqual([[{ kind: 'cache-sources', images: [base], isOnly: true }]]);
});

test.runIf(traits.hasBuildKit)('BuildKit: an image to take steps from that was built without a record of them', async () => {
  const files = { Dockerfile: `FROM ${base}\nENV ${mark()}\nRUN echo > /made\n` };
  const prune = (_: WorkFolder, app: TestApp) =>
    requestJson<void>(app.connection.engine.docker, { method: 'POST', path: '/build/prune', query: { all: '1' } });
  const causes = await causesOf('automatic', files, prune, { cacheFrom: ['it-case:1'] });
  expect(Object.values(causes)).toEqual([[{ kind: 'cache-sources', images: ['it-case:1'], isOnly: false }]]);
});

test.each(builderChoices)('builder %s: two builds with others between them differ even in steps from the cache', async (builder) => {
  await using app = await startApp(host, { builder: builder });
  const text = `FROM ${base}\nENV ${mark()}\nCOPY x /\nRUN cat /x > /x2\nCOPY y /\nRUN echo last\n`;
  using folder = new WorkFolder({ Dockerfile: text, x: '1', y: '1' });
  const build = async (files: Record<string, string>, more: Inputs = {}) => {
    for (const [name, value] of Object.entries(files)) folder.write(name, value);
    const read = app.readable(folder.path);
    const { id } = await app.run({ kind: 'build', folder: read, dockerfile: 'Dockerfile', references: ['it-case:1'], ...more });
    await app.history.read(id);
    return id;
  };
  const why = async (one: string, other: string) => (await whyDifferent(app.history, app.connection.current, [one, other]))?.steps;
  const x = { instruction: 'COPY x /', causes: [content('x')] };
  const y = { instruction: 'COPY y /', causes: [content('y')] };

  const first = await build({});
  const second = await build({ x: '2' });
  const third = await build({ y: '2' });
  expect(await why(first, second)).toEqual([x]);
  expect(await why(first, third)).toEqual([x, y]);
  expect(await why(second, third)).toEqual([y]);
  expect(await why(first, await build({}))).toEqual([x, y]);
  // back to an earlier state
  expect(await why(third, await build({ x: '1', y: '3' }))).toEqual([x, y]);
  const last = await build({}, { noCache: true });
  expect(await why(first, last)).toContainEqual(y);
  expect(await why(first, last)).toContainEqual({ instruction: 'RUN cat /x > /x2', causes: [{ kind: 'no-cache' }] });
});
