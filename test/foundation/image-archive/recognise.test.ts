import { execFileSync } from 'node:child_process';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { recognise } from '../../../main/foundation/image-archive/recognise.ts';
import { dockerArchive, rootArchive } from '../../../tools/fuzz/sample-archives.ts';
import { WorkFolder } from '../../support/work-folder.ts';

test('tarballs are known by their first bytes, whatever they are called', async () => {
  const files = { 'a.tar': dockerArchive(), b: gzipSync('x'), 'c.txt': zstdCompressSync('x'), d: rootArchive() };
  using folder = new WorkFolder(files);
  for (const [name, bytes] of Object.entries(files)) {
    expect(await recognise(folder.file(name))).toEqual({ kind: 'tarball', size: bytes.length });
  }
});

test('so is a tarball of the oldest format, which has no mark of its own', async () => {
  using folder = new WorkFolder({ 'in/file': 'x' });
  execFileSync('tar', ['--format=v7', '-cf', folder.file('old.tar'), '-C', folder.file('in'), '.']);
  expect(await recognise(folder.file('old.tar'))).toMatchObject({ kind: 'tarball' });
});

test('a folder is a folder', async () => {
  using folder = new WorkFolder();
  expect(await recognise(folder.path)).toEqual({ kind: 'folder', size: 0 });
});

test('a pipe is not waited for', async () => {
  using folder = new WorkFolder();
  execFileSync('mkfifo', [folder.file('pipe')]);
  expect(await recognise(folder.file('pipe'))).toMatchObject({ kind: 'other', reason: expect.stringContaining('neither') });
});

test.each([
  ['a text', 'hello', 'This is text'],
  ['nothing', '', 'The file is empty'],
  ['a zip', 'PK\x03\x04', 'unpack it first'],
])('%s is recognised, with the reason', async (_, text, reason) => {
  using folder = new WorkFolder({ x: text });
  expect(await recognise(folder.file('x'))).toEqual({ kind: 'other', size: text.length, reason: expect.stringContaining(reason) });
});
