import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { IgnoreEdits } from '../../../../main/foundation/context/inspect/ignore-edits.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const name = '.dockerignore';

test.each([
  ['a\nb\n', 'a\nb\n.git\n'],
  ['a\nb', 'a\nb\n.git\n'],
  ['a\r\nb', 'a\r\nb\r\n.git\r\n'],
  ['', '.git\n'],
  ['\uFEFF# über\n\n  x  \n\n', '\uFEFF# über\n\n  x  \n\n.git\n'],
])('adds one line to %j and removes it again, byte for byte', async (before, after) => {
  using folder = new WorkFolder({ [name]: before });
  chmodSync(folder.file(name), 0o640);
  const edits = new IgnoreEdits();
  await edits.add(folder.path, name, '.git');
  expect(readFileSync(folder.file(name), 'utf8')).toBe(after);
  expect(statSync(folder.file(name)).mode & 0o777).toBe(0o640);
  await edits.undo(folder.path, name);
  expect(readFileSync(folder.file(name), 'utf8')).toBe(before);
  expect(readdirSync(folder.path)).toEqual([name]);
});

test('bytes that aren’t text survive', async () => {
  const bytes = Buffer.from([0xff, 0xfe, 0x0a, 0x80]);
  using folder = new WorkFolder({ [name]: bytes });
  const edits = new IgnoreEdits();
  await edits.add(folder.path, name, 'a');
  await edits.undo(folder.path, name);
  expect(readFileSync(folder.file(name)).equals(bytes)).toBe(true);
});

test('makes the file if there is none, and removes it again', async () => {
  using folder = new WorkFolder();
  const edits = new IgnoreEdits();
  await edits.add(folder.path, name, 'node_modules');
  await edits.add(folder.path, name, '.env');
  expect(readFileSync(folder.file(name), 'utf8')).toBe('node_modules\n.env\n');
  await edits.undo(folder.path, name);
  await edits.undo(folder.path, name);
  expect(existsSync(folder.file(name))).toBe(false);
  await edits.undo(folder.path, name); // nothing is left to undo
});

test('two clicks in a row both count', async () => {
  using folder = new WorkFolder();
  const edits = new IgnoreEdits();
  await Promise.all(['a', 'b', 'c'].map((pattern) => edits.add(folder.path, name, pattern)));
  expect(readFileSync(folder.file(name), 'utf8')).toBe('a\nb\nc\n');
});

test('what somebody else wrote meanwhile stays', async () => {
  using folder = new WorkFolder({ [name]: 'a\n' });
  const edits = new IgnoreEdits();
  await edits.add(folder.path, name, '.git');
  folder.write(name, 'a\n.git\nmine\n');
  await edits.undo(folder.path, name);
  expect(readFileSync(folder.file(name), 'utf8')).toBe('a\nmine\n');
});

test('never writes through a link', async () => {
  using elsewhere = new WorkFolder({ target: 'keep\n' });
  using folder = new WorkFolder();
  symlinkSync(elsewhere.file('target'), folder.file(name));
  mkdirSync(elsewhere.file('docker'));
  symlinkSync(elsewhere.file('docker'), folder.file('docker'));
  const edits = new IgnoreEdits();
  const refused = { failure: { kind: 'not-permitted' } };
  await expect(edits.add(folder.path, name, '.git')).rejects.toMatchObject(refused);
  await expect(edits.add(folder.path, 'docker/Dockerfile.dockerignore', '.git')).rejects.toMatchObject(refused);
  expect(readFileSync(elsewhere.file('target'), 'utf8')).toBe('keep\n');
  expect(readdirSync(elsewhere.file('docker'))).toEqual([]);
});

test.each(['a\nb', '', '   ', '# x', '!x', '!', '[', 'a\0b'])('refuses a line that leaves nothing out: %j', async (pattern) => {
  using folder = new WorkFolder();
  await expect(new IgnoreEdits().add(folder.path, name, pattern)).rejects.toMatchObject({ failure: { kind: 'invalid-input' } });
  expect(existsSync(folder.file(name))).toBe(false);
});
