import { expect, test } from 'vitest';
import { rewriteTar } from '../../../main/formats/tar/rewrite-tar.ts';
import { tarball } from '../../../tools/fuzz/make-tarball.ts';

const bytes = tarball(
  { name: 'a', body: 'x'.repeat(1000) },
  { name: 'list', body: 'old' },
  { name: 'n'.repeat(200), body: 'y' },
  { name: 'b', body: 'z' },
);

async function* cutEvery(all: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < all.length; at += length) yield all.subarray(at, at + length);
}

const rewritten = async (length: number, wanted: string, text: string): Promise<Buffer> => {
  const rewriting = { isWanted: (name: string) => name === wanted, rewrite: () => Buffer.from(text) };
  return Buffer.concat(await Array.fromAsync(rewriteTar(cutEvery(bytes, length), rewriting)));
};

test.each([1, 100, 512, 5000, 1_000_000])('in pieces of %i, one file is another and all else the same', async (length) => {
  const wanted = tarball(
    { name: 'a', body: 'x'.repeat(1000) },
    { name: 'list', body: 'new'.repeat(300) },
    { name: 'n'.repeat(200), body: 'y' },
    { name: 'b', body: 'z' },
  );
  expect((await rewritten(length, 'list', 'new'.repeat(300))).equals(wanted)).toBe(true);
  expect((await rewritten(length, 'nothing', '')).equals(bytes)).toBe(true);
});

test('a file is added before the end, also where the end is missing', async () => {
  const rewriting = { isWanted: () => false, rewrite: () => Buffer.alloc(0), append: async () => [Buffer.from('MORE')] };
  const added = async (all: Buffer) => Buffer.concat(await Array.fromAsync(rewriteTar(cutEvery(all, 700), rewriting)));
  expect((await added(bytes)).equals(Buffer.concat([bytes.subarray(0, -1024), Buffer.from('MORE'), bytes.subarray(-1024)]))).toBe(true);
  expect((await added(bytes.subarray(0, -1024))).toString('latin1', bytes.length - 1024)).toBe('MORE');
});

test('a link in the place of what is rewritten is refused', async () => {
  const linked = tarball({ name: 'list', kind: 'symlink', linkName: 'b' });
  const rewriting = { isWanted: (name: string) => name === 'list', rewrite: (_: string, body: Buffer) => body };
  await expect(Array.fromAsync(rewriteTar(cutEvery(linked, 100), rewriting))).rejects.toThrow('The file is damaged');
});
