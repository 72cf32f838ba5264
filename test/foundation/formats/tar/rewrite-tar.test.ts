import { expect, test } from 'vitest';
import { rewriteTar } from '../../../../main/foundation/formats/tar/rewrite-tar.ts';
import { tarball } from '../../../../tools/fuzz/make-tarball.ts';

const bytes = tarball(
  { name: 'a', body: 'x'.repeat(1000) },
  { name: 'list', body: 'old' },
  { name: 'n'.repeat(200), body: 'y' },
  { name: 'b', body: 'z' },
);

async function* cutEvery(all: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < all.length; at += length) yield all.subarray(at, at + length);
}

const rewritten = async (all: Buffer, length: number, leftOut: string, append?: () => Promise<Buffer[]>): Promise<Buffer> => {
  const rewriting = { isLeftOut: ({ name }: { name: string }) => name === leftOut, ...(append && { append }) };
  return Buffer.concat(await Array.fromAsync(rewriteTar(cutEvery(all, length), rewriting)));
};

test.each([1, 100, 512, 5000, 1_000_000])('in pieces of %i, one file is left out and all else stays the same', async (length) => {
  const wanted = tarball({ name: 'a', body: 'x'.repeat(1000) }, { name: 'n'.repeat(200), body: 'y' }, { name: 'b', body: 'z' });
  expect((await rewritten(bytes, length, 'list')).equals(wanted)).toBe(true);
  expect((await rewritten(bytes, length, 'n'.repeat(200))).includes('nnn')).toBe(false);
  expect((await rewritten(bytes, length, 'nothing')).equals(bytes)).toBe(true);
});

test('a file is added before the end, even if the end is missing', async () => {
  const added = (all: Buffer) => rewritten(all, 700, 'nothing', async () => [Buffer.from('MORE')]);
  expect((await added(bytes)).equals(Buffer.concat([bytes.subarray(0, -1024), Buffer.from('MORE'), bytes.subarray(-1024)]))).toBe(true);
  expect((await added(bytes.subarray(0, -1024))).toString('latin1', bytes.length - 1024)).toBe('MORE');
});

test('missing padding of a file’s last block is added; missing bytes of the file itself are not', async () => {
  const withoutPadding = bytes.subarray(0, -1024 - 511);
  expect((await rewritten(withoutPadding, 700, 'nothing')).equals(bytes.subarray(0, -1024))).toBe(true);
  await expect(rewritten(withoutPadding.subarray(0, -1), 700, 'nothing')).rejects.toThrow('The file is cut off');
});
