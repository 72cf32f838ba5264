import { randomBytes } from 'node:crypto';
import { createWriteStream, truncateSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tarEnd, tarHeader } from '../../../main/foundation/formats/tar/tar-header.ts';
import { describeArchive } from '../../../main/foundation/image-archive/describe-archive.ts';
import { entryBytes } from '../../../tools/fuzz/make-tarball.ts';
import { dockerArchive, rootArchive } from '../../../tools/fuzz/sample-archives.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const gigabyte = 1024 ** 3;
const header = (name: string, size: number) => tarHeader({ name, kind: 'file', mode: 0o644, size, modified: 0 });
const previewOf = async (path: string) => (await describeArchive(path, () => {})).preview;

test('a list of a gigabyte is not read', async () => {
  using folder = new WorkFolder({ x: header('manifest.json', gigabyte) });
  truncateSync(folder.file('x'), gigabyte + 2048);
  expect(await previewOf(folder.file('x'))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('longer than any description'),
  });
});

test('nor is a packed one', async () => {
  using folder = new WorkFolder();
  const part = gzipSync(Buffer.alloc(gigabyte / 16, '['));
  writeFileSync(
    folder.file('x'),
    Buffer.concat([gzipSync(header('manifest.json', gigabyte)), ...Array(16).fill(part), gzipSync(tarEnd())]),
  );
  expect(await previewOf(folder.file('x'))).toMatchObject({ kind: 'refused', title: 'The file can’t be trusted' });
}, 120_000);

test('three hundred thousand files are counted without keeping them', async () => {
  using folder = new WorkFolder();
  const before = process.memoryUsage().heapUsed;
  await pipeline(Readable.from(manyFiles(300_000)), createWriteStream(folder.file('x')));
  expect(await previewOf(folder.file('x'))).toMatchObject({ kind: 'root-files', entries: 300_007 });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
}, 120_000);

/** A system, and after it files of different names. */
function* manyFiles(count: number): Generator<Buffer> {
  yield rootArchive().subarray(0, -1024);
  let batch: Buffer[] = [];
  for (let number = 0; number < count; number++) {
    batch.push(header(`usr/share/${number}`, 0));
    if (batch.length < 2000) continue;
    yield Buffer.concat(batch);
    batch = [];
  }
  yield Buffer.concat([...batch, tarEnd()]);
}

test('a packed image of many gigabytes that packs as images do is not taken for a bomb', async () => {
  using folder = new WorkFolder();
  const part = gzipSync(Buffer.concat([randomBytes(4_000_000), Buffer.alloc(60_000_000)]));
  const body = 40 * 64_000_000;
  const image = dockerArchive().subarray(0, -1024);
  writeFileSync(
    folder.file('x'),
    Buffer.concat([gzipSync(Buffer.concat([image, header('large', body)])), ...Array(40).fill(part), gzipSync(tarEnd())]),
  );
  expect(await previewOf(folder.file('x'))).toMatchObject({ kind: 'images', unpackedSize: image.length + 512 + body + 1024 });
}, 120_000);

test('an empty body is jumped over: hardly anything of a 100 GB file is read', async () => {
  using folder = new WorkFolder();
  const size = 100 * gigabyte;
  const start = Buffer.concat([dockerArchive().subarray(0, -1024), header('large', size)]);
  writeFileSync(folder.file('x'), start);
  truncateSync(folder.file('x'), start.length + size);
  const looks: number[] = [];
  const { preview } = await describeArchive(folder.file('x'), (done) => looks.push(done));
  expect(preview).toMatchObject({ kind: 'images' });
  expect(looks.length).toBeLessThan(5);
});

test('a description among a hundred thousand is found', async () => {
  using folder = new WorkFolder();
  const others = Array.from({ length: 100_000 }, (_, number) => header(`blobs/sha256/${number}`, 0));
  writeFileSync(folder.file('x'), Buffer.concat([...others, dockerArchive()]));
  expect(await previewOf(folder.file('x'))).toMatchObject({ kind: 'images' });
});

test('many small descriptions do not add up to more than memory holds', async () => {
  using folder = new WorkFolder();
  const one = entryBytes({ name: 'a.json', body: `[${' '.repeat(4_000_000)}]` });
  const parts = Array.from({ length: 60 }, (_, number) => [header(`${number}.json`, 4_000_002), one.subarray(512)]);
  await pipeline(Readable.from([...parts.flat(), tarEnd()]), createWriteStream(folder.file('x')));
  const before = process.memoryUsage().arrayBuffers;
  await previewOf(folder.file('x'));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(120e6);
}, 120_000);

test('a second list behind more names than are remembered is seen: an engine would take it', async () => {
  using folder = new WorkFolder();
  const many = Array.from({ length: 200_001 }, (_, number) => entryBytes({ name: `f${number}` }));
  const list = entryBytes({ name: 'manifest.json', body: '[]' });
  writeFileSync(folder.file('x'), Buffer.concat([list, ...many, list]));
  const { preview } = await describeArchive(folder.file('x'), () => {});
  expect(preview).toMatchObject({ kind: 'refused', reason: expect.stringContaining('“manifest.json” twice') });
  writeFileSync(folder.file('x'), Buffer.concat([...many, list]));
  expect((await describeArchive(folder.file('x'), () => {})).preview).toMatchObject({ title: 'The file holds no image' });
});
