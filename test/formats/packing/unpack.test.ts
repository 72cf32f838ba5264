import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Packing } from '../../../contract/archive.ts';
import { detectPacking } from '../../../main/formats/packing/detect-packing.ts';
import { unpack } from '../../../main/formats/packing/unpack.ts';
import { unpackFile } from '../../../main/formats/packing/unpack-file.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const packs: Record<Exclude<Packing, 'none'>, (bytes: Buffer) => Buffer> = {
  gzip: gzipSync,
  zstd: zstdCompressSync,
  xz: (bytes) => execFileSync('xz', ['-0', '--stdout'], { input: bytes, maxBuffer: 2 ** 30 }),
};
const packings = Object.keys(packs) as (keyof typeof packs)[];

async function unpacked(bytes: Buffer, packing: Packing): Promise<Buffer> {
  using folder = new WorkFolder();
  writeFileSync(folder.file('x'), bytes);
  return Buffer.concat(await Array.fromAsync(unpackFile(folder.file('x'), packing)));
}

const content = Buffer.concat([randomBytes(300_000), Buffer.alloc(3_000_000, 'a')]);

describe.each(packings)('%s', (packing) => {
  const packed = packs[packing](content);

  test('is known by its first bytes and unpacked', async () => {
    expect(detectPacking(packed)).toBe(packing);
    expect((await unpacked(packed, packing)).equals(content)).toBe(true);
  });

  test('cut off: said so', async () => {
    for (const part of [0.1, 0.5, 0.99]) {
      await expect(unpacked(packed.subarray(0, packed.length * part), packing)).rejects.toThrow('cut off');
    }
  });

  test('changed in the middle: said so, or the bytes are others', async () => {
    const changed = Buffer.from(packed);
    const middle = packed.length >> 1;
    changed.fill(0x55, middle, middle + 20);
    const result = await unpacked(changed, packing).catch((error: Error) => error.message);
    // Node packs zstd without a sum
    if (packing === 'zstd' && Buffer.isBuffer(result)) expect(result.equals(content)).toBe(false);
    else expect(result).toContain('The file is damaged');
  });

  test('tells how far in the file it is', async () => {
    using folder = new WorkFolder({ x: packed });
    const places: number[] = [];
    for await (const _ of unpackFile(folder.file('x'), packing, (place) => places.push(place)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.at(-1)).toBe(packed.length);
  });
});

test.each([10, 100_000, 400_000])('other bytes behind gzip are left alone, of %i bytes and of several members', async (size) => {
  const parts = [randomBytes(size), randomBytes(size)];
  const named = execFileSync('gzip', ['--stdout', '--name'], { input: parts[1] });
  const packed = Buffer.concat([gzipSync(parts[0] ?? ''), named, Buffer.from('and some text')]);
  expect((await unpacked(packed, 'gzip')).equals(Buffer.concat(parts))).toBe(true);
  // a member that is damaged is no text
  const sum = packed.length - 13 - 6;
  packed.writeUInt8(packed.readUInt8(sum) ^ 1, sum);
  await expect(unpacked(packed, 'gzip')).rejects.toThrow('The file is damaged');
});

test('what is packed twice is unpacked twice, and no more often', async () => {
  expect((await unpacked(gzipSync(gzipSync(content)), 'gzip')).equals(content)).toBe(true);
  expect((await unpacked(packs.xz(gzipSync(content)), 'xz')).equals(content)).toBe(true);
  const words = 'The file is packed several times';
  await expect(unpacked(gzipSync(zstdCompressSync(content)), 'gzip')).rejects.toThrow(words);
  await expect(unpacked(gzipSync(gzipSync(gzipSync(content))), 'gzip')).rejects.toThrow(words);
});

test('a check of xz that cannot be made is no damage', async () => {
  const packed = execFileSync('xz', ['--check=sha256', '--stdout'], { input: 'content' });
  await expect(unpacked(packed, 'xz')).rejects.toThrow('packed in a way that Layerdeck cannot read');
});

test('several frames of zstd, and frames to be skipped, are one file', async () => {
  const skipped = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0]), Buffer.from('note')]);
  const frames = [skipped, zstdCompressSync('one '), zstdCompressSync(content), skipped, zstdCompressSync(' two')];
  expect(detectPacking(Buffer.concat(frames))).toBe('zstd');
  expect(String(await unpacked(Buffer.concat(frames), 'zstd'))).toBe(`one ${content} two`);
});

test('several members of gzip are one file', async () => {
  expect(String(await unpacked(Buffer.concat([gzipSync('one '), gzipSync('two')]), 'gzip'))).toBe('one two');
});

describe('a bomb', () => {
  const zeros = Buffer.alloc(128 * 1024 * 1024);
  /** Ten gigabytes of zeros; a gigabyte and a tenth with xz, which takes its time. */
  const bombs: Record<keyof typeof packs, (path: string) => void> = {
    gzip: (path) => writeFileSync(path, Buffer.concat(Array(80).fill(gzipSync(zeros)))),
    zstd: (path) => writeFileSync(path, Buffer.concat(Array(80).fill(zstdCompressSync(zeros)))),
    xz: (path) => execFileSync('sh', ['-c', `head -c 1100M /dev/zero | xz -0 > ${path}`]),
  };

  test.each(packings)(
    'packed with %s is stopped in time',
    async (packing) => {
      using folder = new WorkFolder();
      bombs[packing](folder.file('bomb'));
      let bytes = 0;
      const reading = async () => {
        for await (const chunk of unpack(folder.file('bomb'), packing, () => {})) bytes += chunk.length;
      };
      await expect(reading()).rejects.toMatchObject({ reason: expect.stringContaining('more than 200 times the room') });
      const most = Math.max(2 ** 30, statSync(folder.file('bomb')).size * 200);
      expect(bytes).toBeLessThanOrEqual(most);
    },
    60_000,
  );
});

test('a gigabyte of zeros passes', async () => {
  using folder = new WorkFolder();
  writeFileSync(folder.file('x'), gzipSync(Buffer.alloc(2 ** 30)));
  let bytes = 0;
  for await (const chunk of unpack(folder.file('x'), 'gzip', () => {})) bytes += chunk.length;
  expect(bytes).toBe(2 ** 30);
}, 120_000);
