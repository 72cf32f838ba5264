import { linkSync, lstatSync, readdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { walkContext } from '../../../../main/foundation/context/context-walk.ts';
import { readContext } from '../../../../main/foundation/context/record/context-file.ts';
import { ContextRecorder, compareKeptContexts } from '../../../../main/foundation/context/record/context-recorder.ts';
import type { KeptContext } from '../../../../main/foundation/context/record/context-worker.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const sent = (file: string): KeptContext => ({ file, builder: 'buildkit', ignoreLines: [] });

/** Records a folder as a build does. */
async function record(folder: WorkFolder, file: string, previous?: string): Promise<void> {
  const recorder = new ContextRecorder(file, previous);
  for await (const entry of walkContext(folder.path, {})) recorder.saw(entry);
  recorder.sent();
  await recorder.finish();
}

test('a context is kept with its digests, and compared with the next', async () => {
  using kept = new WorkFolder();
  using folder = new WorkFolder({ 'a.txt': 'a', 'sub/b.txt': 'b', empty: '' });
  symlinkSync('a.txt', folder.file('link'));
  await record(folder, kept.file('one.gz'));
  const context = await readContext(kept.file('one.gz'));
  expect(context?.get('a.txt')?.digest).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
  expect(context?.get('link')).toMatchObject({ type: 'link', target: 'a.txt' });
  expect(readdirSync(kept.path)).toEqual(['one.gz']);

  folder.write('sub/b.txt', 'c');
  const touched = new Date(Date.now() + 10_000);
  utimesSync(folder.file('a.txt'), touched, touched);
  await record(folder, kept.file('two.gz'), kept.file('one.gz'));
  const [whole, one, bad] = await compareKeptContexts(sent(kept.file('one.gz')), sent(kept.file('two.gz')), [
    { sources: ['.'], excludes: [] },
    { sources: ['a.txt'], excludes: [] },
    { sources: ['.'], excludes: ['[a'] },
  ]);
  expect(whole).toEqual({ changes: [{ path: 'sub/b.txt', differences: [{ what: 'content' }] }], total: 1, selected: 5, uncertain: 0 });
  expect(one?.total).toBe(0);
  expect(bad).toBeUndefined();
});

test('a digest is taken over without reading if the file was not touched', async () => {
  using kept = new WorkFolder();
  using folder = new WorkFolder({ 'a.txt': 'a', 'b.txt': 'b' });
  await record(folder, kept.file('one.gz'));
  const recorder = new ContextRecorder(kept.file('two.gz'), kept.file('one.gz'));
  for await (const entry of walkContext(folder.path, {})) recorder.saw(entry);
  // gone before it could be read: only the earlier record can know its digest
  const { ctimeNs } = lstatSync(folder.file('a.txt'), { bigint: true });
  rmSync(folder.file('a.txt'));
  recorder.sent();
  await recorder.finish();
  expect(ctimeNs).toBeGreaterThan(0n);
  const context = await readContext(kept.file('two.gz'));
  expect(context?.get('a.txt')?.digest).toMatch(/^ca978112/);
});

test('a file that changes after it was seen has no digest', async () => {
  using kept = new WorkFolder();
  using folder = new WorkFolder({ 'a.txt': 'a' });
  const recorder = new ContextRecorder(kept.file('one.gz'), undefined);
  for await (const entry of walkContext(folder.path, {})) recorder.saw(entry);
  folder.write('a.txt', 'changed');
  recorder.sent();
  await recorder.finish();
  expect((await readContext(kept.file('one.gz')))?.get('a.txt')?.digest).toBeUndefined();
});

test('what is not kept is not compared', async () => {
  using kept = new WorkFolder();
  expect(await compareKeptContexts(sent(kept.file('no.gz')), sent(kept.file('none.gz')), [{ sources: ['.'], excludes: [] }])).toEqual([
    undefined,
  ]);
});

test('the names of one file are told apart from copies of it, in the order in which they are sent', async () => {
  using kept = new WorkFolder();
  using folder = new WorkFolder({ 'src/a': 'a', 'src/copy': 'a' });
  linkSync(folder.file('src/a'), folder.file('src/z'));
  await record(folder, kept.file('one.gz'));
  const context = await readContext(kept.file('one.gz'));
  expect([...(context?.values() ?? [])].map(({ path, hardLink }) => [path, hardLink])).toEqual([
    ['src', undefined],
    ['src/a', undefined],
    ['src/copy', undefined],
    ['src/z', 'src/a'],
  ]);
});
