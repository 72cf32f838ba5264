import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseBuildRecord, recordType } from '../../../main/foundation/formats/build-record.ts';
import { describeArchive } from '../../../main/foundation/image-archive/describe-archive.ts';
import { openImageArchive } from '../../../main/foundation/image-archive/open-image-archive.ts';
import { openRecordFile } from '../../../main/foundation/image-archive/open-record-file.ts';
import { digestOf, tarball } from '../../../tools/fuzz/make-tarball.ts';
import { blob, ociArchive, ociImage, ociIndex, ociLists } from '../../../tools/fuzz/sample-archives.ts';
import { type MadeRecord, recordFile } from '../../support/record-file.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const made = (more: Partial<MadeRecord> = {}): MadeRecord => ({
  ref: 'abc',
  names: ['docker.io/library/a:1', 'docker.io/me/b:2'],
  created: { seconds: 1_700_000_000, nanos: 500_000_000 },
  completed: { seconds: 1_700_000_004, nanos: 0 },
  dockerfile: 'FROM a\n',
  statuses: [{ vertexes: [], logs: [{ vertex: 'x', msg: 'hello\n' }] }],
  ...more,
});

async function previewOf(bytes: Buffer) {
  using folder = new WorkFolder({ x: bytes });
  return (await describeArchive(folder.file('x'), () => {})).preview;
}

test.each([
  ['plain', (bytes: Buffer) => bytes],
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
])('a file with build records is recognised by what is in it: %s', async (packing, pack) => {
  const failed = made({ ref: 'def', names: [], error: { code: 2, message: 'no' } });
  const stopped = made({ ref: 'ghi', error: { code: 1, message: 'context canceled' } });
  expect(await previewOf(pack(recordFile(made())))).toMatchObject({
    kind: 'build-records',
    packing: packing === 'plain' ? 'none' : packing,
    builds: [{ references: ['a:1', 'me/b:2'], state: 'succeeded', startedAt: 1_700_000_000_500, seconds: 3.5 }],
  });
  const several = await previewOf(pack(recordFile(made(), failed, stopped)));
  expect(several).toMatchObject({ builds: [{ state: 'succeeded' }, { references: [], state: 'failed' }, { state: 'cancelled' }] });
});

test('an image is taken for an image, and what is both for what an engine can load', async () => {
  expect(await previewOf(ociArchive())).toMatchObject({ kind: 'images' });
  const image = ociImage({ layers: [], tags: [], platform: { os: 'linux', architecture: 'amd64' } });
  const record = '{"Ref":"abc","CreatedAt":{"seconds":1},"CompletedAt":{"seconds":2}}';
  const config = { mediaType: recordType, digest: digestOf(record), size: record.length };
  const manifest = JSON.stringify({ schemaVersion: 2, config, layers: [] });
  const both = ociIndex(image.descriptor, { mediaType: '', digest: digestOf(manifest), size: manifest.length });
  const mixed = tarball(...image.entries, blob(record), blob(manifest), both.entry, ...ociLists(both.descriptor));
  expect(await previewOf(mixed)).toMatchObject({ kind: 'images', images: [{}], notes: [expect.any(String)] });
});

test('records are never loaded as images, and an image is no record', async () => {
  using folder = new WorkFolder({ records: recordFile(made()), image: ociArchive() });
  await expect(openImageArchive(folder.file('records'))).rejects.toMatchObject({ title: 'The file holds build records, not images' });
  await expect(openRecordFile(folder.file('image'))).rejects.toMatchObject({ title: 'The file holds no build record' });
});

/** Each text in the file replaced by one of the same length. */
const changed = (from: string, to: string) => {
  const bytes = recordFile(made());
  const at = bytes.indexOf(from);
  expect([at > 0, from.length]).toEqual([true, to.length]);
  bytes.write(to, at);
  return bytes;
};
const withConfig = (config: string, layers: object[] = []) => {
  const manifest = JSON.stringify({
    schemaVersion: 2,
    config: { mediaType: recordType, digest: digestOf(config), size: config.length },
    layers,
  });
  return tarball(blob(config), blob(manifest), ...ociLists({ mediaType: '', digest: digestOf(manifest), size: manifest.length }));
};
const log = { mediaType: 'application/vnd.buildkit.status.v0', digest: digestOf('log'), size: 3 };
const times = '"CreatedAt":{"seconds":1},"CompletedAt":{"seconds":2}';

test.each<[string, () => Buffer, string, string]>([
  ['a changed log', () => changed('hello', 'jello'), 'The file is damaged', 'part of a build record was changed: its digest is different'],
  [
    'a changed record',
    () => changed('"abc"', '"abd"'),
    'The file is damaged',
    'the description of a build was changed: its digest is different',
  ],
  ['cut off', () => recordFile(made()).subarray(0, 3000), 'The file is cut off', 'as after an interrupted download'],
  [
    'a log that is missing',
    () => withConfig(`{"Ref":"a",${times},"logs":{"digest":"${digestOf('log')}"}}`),
    'Part of the build record is missing from the file',
    'Export the build again',
  ],
  ['a layer that is missing', () => withConfig(`{"Ref":"a",${times}}`, [log]), 'Part of the build record is missing from the file', ''],
  [
    'a record of a build that runs',
    () => withConfig('{"Ref":"a","CreatedAt":{"seconds":1}}'),
    'The file is damaged',
    'isn’t in the expected format',
  ],
  [
    'a time that no calendar has',
    () => withConfig('{"Ref":"a","CreatedAt":{"seconds":1e15},"CompletedAt":{"seconds":2e15}}'),
    'The file is damaged',
    'isn’t in the expected format',
  ],
  ['no record at all', () => withConfig('[]'), 'The file is damaged', 'isn’t in the expected format'],
])('%s is refused in words', async (_, make, title, reason) => {
  expect(await previewOf(make())).toEqual({ kind: 'refused', title, reason: expect.stringContaining(reason) });
});

test('more records than any engine remembers are refused at once', async () => {
  const list = ociIndex(...Array.from({ length: 900 }, () => ({ mediaType: '', digest: digestOf('{"manifests":[]}'), size: 16 })));
  const bytes = tarball(blob('{"manifests":[]}'), list.entry, ...ociLists(list.descriptor, list.descriptor));
  expect(await previewOf(bytes)).toMatchObject({ kind: 'refused' });
});

test('a record of before 2024 has its times as text', () => {
  const text = '{"Ref":"a","CreatedAt":"2024-01-02T03:04:05.123456789Z","CompletedAt":"2024-01-02T05:04:06+02:00"}';
  const { CreatedAt, CompletedAt } = parseBuildRecord(text);
  expect([CreatedAt, CompletedAt]).toEqual([
    { seconds: Date.UTC(2024, 0, 2, 3, 4, 5) / 1000, nanos: 123_456_789 },
    { seconds: Date.UTC(2024, 0, 2, 3, 4, 6) / 1000, nanos: 0 },
  ]);
  expect(() => parseBuildRecord(text.replace('03:04', '33:04'))).toThrow();
});
