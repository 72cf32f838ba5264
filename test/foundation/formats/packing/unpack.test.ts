import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Packing } from '../../../../contract/archive.ts';
import { detectPacking } from '../../../../main/foundation/formats/packing/detect-packing.ts';
import { lookAtFile } from '../../../../main/foundation/formats/packing/look-at-file.ts';
import { unpack } from '../../../../main/foundation/formats/packing/unpack.ts';
import { unpackFile } from '../../../../main/foundation/formats/packing/unpack-file.ts';
import { RefusedArchive } from '../../../../main/foundation/formats/refused-archive.ts';
import { WorkFolder } from '../../../support/work-folder.ts';

const pack =
  (program: string, ...options: string[]) =>
  (input: Buffer) =>
    execFileSync(program, [...options, '--stdout'], { input, maxBuffer: 2 ** 30 });
const packs: Record<Exclude<Packing, 'none'>, (bytes: Buffer) => Buffer> = {
  gzip: gzipSync,
  zstd: zstdCompressSync,
  xz: pack('xz', '-0'),
  bzip2: pack('bzip2'),
};
const packings = Object.keys(packs) as (keyof typeof packs)[];

const tarballAt = async (path: string, packing: Packing) => ({ ...(await lookAtFile(path)), packing });

async function unpacked(bytes: Buffer, packing: Packing): Promise<Buffer> {
  using folder = new WorkFolder();
  writeFileSync(folder.file('x'), bytes);
  return Buffer.concat(await Array.fromAsync(unpackFile(await tarballAt(folder.file('x'), packing))));
}

/** In this thread. */
async function unpackedHere(bytes: Buffer, packing: Packing = 'xz'): Promise<Buffer> {
  using folder = new WorkFolder({ x: bytes });
  return Buffer.concat(await Array.fromAsync(unpack(await tarballAt(folder.file('x'), packing), { onRead: () => {} })));
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

  test('changed in the middle: said so, or the bytes are different', async () => {
    const changed = Buffer.from(packed);
    const middle = packed.length >> 1;
    changed.fill(0x55, middle, middle + 20);
    const result = await unpacked(changed, packing).catch((error: Error) => error.message);
    // Node packs zstd without a checksum
    if (packing === 'zstd' && Buffer.isBuffer(result)) expect(result.equals(content)).toBe(false);
    else expect(result).toContain('The file is damaged');
  });

  test('tells how far in the file it is', async () => {
    using folder = new WorkFolder({ x: packed });
    const places: number[] = [];
    for await (const _ of unpackFile(await tarballAt(folder.file('x'), packing), (place) => places.push(place)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.at(-1)).toBe(packed.length);
  });
});

test.each([10, 100_000, 400_000])('other bytes behind gzip are left alone, of %i bytes and of several members', async (size) => {
  const parts = [randomBytes(size), randomBytes(size)];
  const named = execFileSync('gzip', ['--stdout', '--name'], { input: parts[1] });
  const packed = Buffer.concat([gzipSync(parts[0] ?? ''), named, Buffer.from('and some text')]);
  expect((await unpacked(packed, 'gzip')).equals(Buffer.concat(parts))).toBe(true);
  // a damaged member is not text
  const sum = packed.length - 13 - 6;
  packed.writeUInt8(packed.readUInt8(sum) ^ 1, sum);
  await expect(unpacked(packed, 'gzip')).rejects.toThrow('The file is damaged');
});

test('what is packed twice is unpacked twice, and no more often', async () => {
  expect((await unpacked(gzipSync(gzipSync(content)), 'gzip')).equals(content)).toBe(true);
  expect((await unpacked(packs.xz(gzipSync(content)), 'xz')).equals(content)).toBe(true);
  const words = 'The file is packed more than once';
  await expect(unpacked(gzipSync(zstdCompressSync(content)), 'gzip')).rejects.toThrow(words);
  await expect(unpacked(gzipSync(gzipSync(gzipSync(content))), 'gzip')).rejects.toThrow(words);
});

test('an unknown xz filter is not damage', async () => {
  const packed = pack('xz', '--delta', '--lzma2=preset=0')(Buffer.from('content'));
  await expect(unpackedHere(packed)).rejects.toThrow('packed in a way that Layerdeck can’t read');
});

test('joined xz files with checks of several kinds are not damage', async () => {
  const [sha, crc] = ['sha256', 'crc64'].map((check) => pack('xz', '-0', `--check=${check}`)(Buffer.from('content')));
  for (const parts of [
    [sha, crc],
    [crc, sha],
  ]) {
    const joined = Buffer.concat(parts.flatMap((part) => part ?? []));
    await expect(unpackedHere(joined)).rejects.toThrow('packed in a way that Layerdeck can’t read');
  }
});

describe('xz with SHA-256', () => {
  const packSha = pack('xz', '-0', '--check=sha256', '--block-size=200000');
  const parts = [content, Buffer.alloc(0), randomBytes(1), Buffer.alloc(500_000, 'b')];

  test('is unpacked from several blocks and streams with zeros between them', async () => {
    const packed = Buffer.concat(parts.flatMap((part) => [packSha(part), Buffer.alloc(8)]));
    expect((await unpacked(packed, 'xz')).equals(Buffer.concat(parts))).toBe(true);
    const inThreads = pack('xz', '-6', '--check=sha256', '--threads=2', '--block-size=300000')(content);
    expect((await unpacked(inThreads, 'xz')).equals(content)).toBe(true);
  });

  test('any changed byte is damage, or changes nothing', async () => {
    const small = Buffer.concat([randomBytes(40), Buffer.alloc(300, 'c')]);
    const packed = pack('xz', '--check=sha256', '--block-size=200')(small);
    for (let place = 0; place < packed.length; place++) {
      const changed = Buffer.from(packed);
      changed.writeUInt8(packed.readUInt8(place) ^ 0x41, place);
      const result = await unpackedHere(changed).catch((error: Error) => error);
      if (Buffer.isBuffer(result)) expect(result.equals(small), `byte ${place}`).toBe(true);
      else expect(result, `byte ${place}: ${result.message}`).toBeInstanceOf(RefusedArchive);
    }
  });

  test('a file that ends anywhere too soon is cut off', async () => {
    const packed = pack('xz', '--check=sha256', '--block-size=200')(Buffer.alloc(500, 'd'));
    for (let length = 8; length < packed.length; length++) {
      await expect(unpackedHere(packed.subarray(0, length)), `${length} bytes`).rejects.toThrow('cut off');
    }
  });
});

test.each([0, 7])(
  'in a file packed twice, %i bytes after the packed ones are left alone, and their reader breaks nothing',
  async (byte) => {
    const inner = Buffer.concat([gzipSync('content'), Buffer.alloc(900_000, byte)]);
    expect(String(await unpackedHere(zstdCompressSync(inner), 'zstd'))).toBe('content');
    expect(String(await unpackedHere(gzipSync(inner), 'gzip'))).toBe('content');
    // an error that nobody catches fails this test
    await setImmediate();
  },
);

test('several frames of zstd, and frames to be skipped, are one file', async () => {
  const skipped = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0]), Buffer.from('note')]);
  const frames = [skipped, zstdCompressSync('one '), zstdCompressSync(content), skipped, zstdCompressSync(' two')];
  expect(detectPacking(Buffer.concat(frames))).toBe('zstd');
  expect(String(await unpacked(Buffer.concat(frames), 'zstd'))).toBe(`one ${content} two`);
});

test('several streams of bzip2, and other bytes behind them, are one file', async () => {
  const packed = Buffer.concat([packs.bzip2(Buffer.from('one ')), packs.bzip2(Buffer.alloc(0)), packs.bzip2(Buffer.from('two'))]);
  expect(String(await unpacked(packed, 'bzip2'))).toBe('one two');
  expect(String(await unpacked(Buffer.concat([packed, Buffer.from('and some text')]), 'bzip2'))).toBe('one two');
  expect(detectPacking(packs.bzip2(Buffer.alloc(0)))).toBe('bzip2');
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
    bzip2: (path) => writeFileSync(path, Buffer.concat(Array(9).fill(packs.bzip2(zeros)))),
  };

  test.each(packings)(
    'packed with %s is stopped in time',
    async (packing) => {
      using folder = new WorkFolder();
      bombs[packing](folder.file('bomb'));
      let bytes = 0;
      const reading = async () => {
        for await (const chunk of unpack(await tarballAt(folder.file('bomb'), packing), { onRead: () => {} })) bytes += chunk.length;
      };
      await expect(reading()).rejects.toMatchObject({ reason: expect.stringContaining('more than 200 times its size') });
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
  for await (const chunk of unpack(await tarballAt(folder.file('x'), 'gzip'), { onRead: () => {} })) bytes += chunk.length;
  expect(bytes).toBe(2 ** 30);
}, 120_000);
