import { linkSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { StepCause } from '../../contract/explanation.ts';
import type { TaskRequest } from '../../contract/task.ts';
import { explainBuild } from '../../main/build/history/explain-build.ts';
import { requestJson } from '../../main/engine/request.ts';
import { TestApp } from '../support/make-app.ts';
import { WorkFolder } from '../support/work-folder.ts';
import { base, host } from './own-engine.ts';

// What people met, each of which was once told with a cause that did not hold.

type Builder = TestApp['builder'];
type Inputs = Partial<Extract<TaskRequest, { kind: 'build' }>>;

/** Builds, changes, builds again, and gives the causes by the steps that have any. */
async function causesOf(
  builder: Builder,
  files: Record<string, string>,
  change: (folder: WorkFolder, app: TestApp) => void | Promise<void>,
  inputs: Inputs = {},
): Promise<Record<string, StepCause[]>> {
  await using app = new TestApp(host);
  app.builder = builder;
  await app.connected();
  using folder = new WorkFolder(files);
  const build = (more: Inputs) =>
    app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-case:1'], ...more });
  const first = await build({});
  expect(first).toMatchObject({ state: 'succeeded' });
  // a file that changes while it is recorded is told as unknown
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

test.each(['automatic', 'classic'] as const)('builder %s: an ARG moved above an unchanged RUN', async (builder) => {
  const text = (...lines: string[]) => `FROM ${base}\nENV ${own}\n${lines.join('\n')}\n`;
  const own = mark();
  const causes = await causesOf(builder, { Dockerfile: text('RUN echo one', 'ARG WHO=x', 'RUN echo $WHO') }, (folder) => {
    folder.write('Dockerfile', text('ARG WHO=x', 'RUN echo one', 'RUN echo $WHO'));
  });
  expect(Object.keys(causes)).toEqual(['RUN echo one']);
  expect(causes['RUN echo one']).toContainEqual({ kind: 'arg-changed', name: 'WHO', after: 'x' });
  expect(causes['RUN echo one']?.map(({ kind }) => kind)).not.toContain('instruction-new');
});

test.each([
  ['automatic', '!a.txt'],
  ['classic', '!a.txt'],
  ['automatic', ' a  b.txt'],
  ['classic', ' a  b.txt'],
] as const)('builder %s: %j edited', async (builder, name) => {
  const files = { Dockerfile: `FROM ${base}\nENV ${mark()}\nCOPY ["${name}", "/${Math.random()}/"]\n`, [name]: 'x' };
  const causes = await causesOf(builder, files, (folder) => void folder.write(name, `y${Math.random()}`));
  expect(Object.values(causes)).toEqual([[content(name)]]);
});

test('classic builder: a line that is another now is no cause of a step that stands on what came from the cache', async () => {
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

test.each(['automatic', 'classic'] as const)('builder %s: a stage without a name put first', async (builder) => {
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

test.each(['automatic', 'classic'] as const)('builder %s: a file that is newly ignored is not said to be removed', async (builder) => {
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

test('classic builder: an image to take steps from that does not have them', async () => {
  const causes = await causesOf('classic', { Dockerfile: `FROM ${base}\nENV ${mark()}\nRUN echo\n` }, () => {}, { cacheFrom: [base] });
  expect(Object.values(causes)).toEqual([[{ kind: 'cache-sources', images: [base], isOnly: true }]]);
});

test('BuildKit: an image to take steps from that was built without a record of them', async () => {
  const files = { Dockerfile: `FROM ${base}\nENV ${mark()}\nRUN echo > /made\n` };
  const prune = (_: WorkFolder, app: TestApp) =>
    requestJson<void>(app.connection.engine.docker, { method: 'POST', path: '/build/prune', query: { all: '1' } });
  const causes = await causesOf('automatic', files, prune, { cacheFrom: ['it-case:1'] });
  expect(Object.values(causes)).toEqual([[{ kind: 'cache-sources', images: ['it-case:1'], isOnly: false }]]);
});
