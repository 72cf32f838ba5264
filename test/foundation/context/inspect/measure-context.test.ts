import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { walkContext } from '../../../../main/foundation/context/context-walk.ts';
import { IgnorePatterns, readIgnoreFile } from '../../../../main/foundation/context/ignore-patterns.ts';
import { inspectContext } from '../../../../main/foundation/context/inspect/inspect-context.ts';
import { type MeasuredFolder, measureContext } from '../../../../main/foundation/context/inspect/measure-context.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const measure = (folder: WorkFolder, ignore = '') => measureContext(folder.path, new IgnorePatterns(readIgnoreFile(ignore)), 'buildkit');

const filesOf = (folder: MeasuredFolder, isLeft: boolean, path = ''): string[] => [
  ...folder.files.filter((file) => file.isLeft === isLeft).map(({ name }) => path + name),
  ...folder.folders.flatMap((below) => filesOf(below, isLeft, `${path}${below.name}/`)),
];

test('adds up what is sent and what is left out, folder by folder', () => {
  using folder = new WorkFolder({ a: '12345', 'src/b': '123', 'src/c.log': '1234567', 'logs/d/e.log': '12' });
  const { root } = measure(folder, '**/*.log');
  expect(root).toMatchObject({ sent: { files: 2, bytes: 8 }, left: { files: 2, bytes: 9 } });
  expect(root.folders.find(({ name }) => name === 'src')).toMatchObject({ sent: { files: 1, bytes: 3 }, left: { files: 1, bytes: 7 } });
  expect(root.folders.find(({ name }) => name === 'logs')).toMatchObject({ sent: { files: 0 }, left: { files: 1, bytes: 2 } });
});

test.each(['', '*', '*\n!src', 'src\n!src/a', '**/b\n!src/deep/b', 'src/*\n!src/deep', '*\n!**/a', 'lib\n!lib/x/a', '*.md\n!README.md'])(
  'counts the same files as sent as the builders’ walk does: %j',
  async (ignore) => {
    using folder = new WorkFolder({
      'src/a': '',
      'src/b': '',
      'src/deep/a': '',
      'src/deep/b': '',
      'lib/x/a': '',
      'README.md': '',
      'x.md': '',
    });
    const exclude = new IgnorePatterns(readIgnoreFile(ignore));
    const walked = (await Array.fromAsync(walkContext(folder.path, { exclude }))).filter(({ stat }) => stat.isFile());
    expect(filesOf(measure(folder, ignore).root, false).sort()).toEqual(walked.map(({ path }) => path).sort());
  },
);

test('folders are looked into as deep as a path can be long', async () => {
  using folder = new WorkFolder();
  const deep = 'd/'.repeat(1900);
  mkdirSync(folder.file(deep), { recursive: true });
  writeFileSync(folder.file(`${deep}x`), '12');
  for (const builder of ['buildkit', 'classic'] as const) {
    const { sent } = await inspectContext(folder.path, 'Dockerfile', builder, undefined);
    expect(sent).toEqual({ files: 1, bytes: 2 });
  }
});

test('a link counts as one, not as what it leads to', () => {
  using folder = new WorkFolder({ 'a/b': '12345' });
  symlinkSync('a', folder.file('link'));
  symlinkSync('.', folder.file('a/circle'));
  expect(measure(folder).root.sent).toEqual({ files: 3, bytes: 5 });
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be read is named, unless it is left out', () => {
  using folder = new WorkFolder({ 'shut/a': '', 'b/shut/a': '' });
  for (const shut of ['shut', 'b/shut']) chmodSync(folder.file(shut), 0);
  expect(measure(folder, 'b').unreadable).toEqual(['shut']);
  for (const shut of ['shut', 'b/shut']) chmodSync(folder.file(shut), 0o755);
});

test('in a thread of its own, by the ignore file of the Dockerfile where BuildKit looks for it', async () => {
  using folder = new WorkFolder({
    'docker/Dockerfile': 'FROM a\n',
    'docker/Dockerfile.dockerignore': 'b\n',
    '.dockerignore': 'a\n',
    a: '1',
    b: '22',
  });
  const buildkit = await inspectContext(folder.path, 'docker/Dockerfile', 'buildkit', undefined);
  expect(buildkit).toMatchObject({ ignoreFile: 'docker/Dockerfile.dockerignore', left: { files: 1, bytes: 2 } });
  const classic = await inspectContext(folder.path, 'docker/Dockerfile', 'classic', undefined);
  expect(classic).toMatchObject({ ignoreFile: '.dockerignore', left: { files: 1, bytes: 1 } });
});

test('a pattern that docker refuses, and a folder that has gone, are explained', async () => {
  using folder = new WorkFolder({ Dockerfile: '', '.dockerignore': '!\n' });
  await expect(inspectContext(folder.path, 'Dockerfile', 'buildkit', undefined)).rejects.toMatchObject({
    failure: { kind: 'dockerfile', title: '.dockerignore has a line that isn’t a pattern' },
  });
  await expect(inspectContext(folder.file('gone'), 'Dockerfile', 'buildkit', undefined)).rejects.toMatchObject({
    failure: { kind: 'not-found' },
  });
});

test('a closed dialog ends the thread', async () => {
  using folder = new WorkFolder({ Dockerfile: '' });
  const stop = new AbortController();
  const looking = inspectContext(folder.path, 'Dockerfile', 'buildkit', stop.signal);
  stop.abort();
  await expect(looking).rejects.toMatchObject({ name: 'AbortError' });
});
