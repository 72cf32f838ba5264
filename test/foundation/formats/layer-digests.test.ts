import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../../main/foundation/formats/digest.ts';
import { LayerDigests } from '../../../main/foundation/formats/layer-digests.ts';

const content = Buffer.concat([randomBytes(300_000), Buffer.alloc(200_000, 'text')]);
const first = content.subarray(0, 123_456);
const rest = content.subarray(123_456);
const skippable = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from('notes')]);

async function digests(bytes: Buffer, pieceSize: number) {
  const all = new LayerDigests();
  for (let at = 0; at < bytes.length; at += pieceSize) await all.take(bytes.subarray(at, at + pieceSize));
  return all.end();
}

const packed = {
  gzip: gzipSync(content),
  'gzip of two members': Buffer.concat([gzipSync(first), gzipSync(rest)]),
  'gzip with zeros behind it': Buffer.concat([gzipSync(content), Buffer.alloc(1000)]),
  zstd: zstdCompressSync(content),
  'zstd of two frames': Buffer.concat([zstdCompressSync(first), zstdCompressSync(rest)]),
  'zstd with frames to be skipped': Buffer.concat([skippable, zstdCompressSync(first), skippable, zstdCompressSync(rest), skippable]),
};

describe.each([4096, 65_536, 2 ** 20])('in pieces of %i bytes', (size) => {
  test.each(Object.entries(packed))('%s', async (_, bytes) => {
    expect(await digests(bytes, size)).toEqual({ stored: digestOf(bytes), unpacked: digestOf(content) });
  });
});

describe.each([1, 7, 4096])('in pieces of %i bytes', (size) => {
  test.each([
    ['gzip', gzipSync('abc')],
    ['zstd', Buffer.concat([skippable, zstdCompressSync('a'), zstdCompressSync('bc'), skippable])],
    ['nothing', Buffer.from('abc')],
  ])('a few bytes, packed with %s', async (_, bytes) => {
    expect(await digests(bytes, size)).toEqual({ stored: digestOf(bytes), unpacked: digestOf('abc') });
  });

  test.each([
    ['gzip, cut off', packed.gzip.subarray(0, -9)],
    ['zstd, cut off', packed.zstd.subarray(0, -9)],
    ['gzip, changed', changed(packed.gzip)],
    ['zstd, cut in the head of a frame', Buffer.concat([packed.zstd, packed.zstd.subarray(0, 5)])],
  ])('%s, does not unpack', async (_, bytes) => {
    expect(await digests(bytes, Math.max(size, 4096))).toEqual({ stored: digestOf(bytes), unpacked: null });
  });
});

test('a packing that nothing here unpacks is not judged; an empty layer is', async () => {
  expect(await digests(Buffer.from('BZh91AY&SY and more'), 5)).toEqual({ stored: digestOf('BZh91AY&SY and more') });
  expect(await digests(Buffer.alloc(0), 5)).toEqual({ stored: digestOf(''), unpacked: digestOf('') });
});

function changed(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[bytes.length - 20] = (copy[bytes.length - 20] ?? 0) ^ 1;
  return copy;
}
