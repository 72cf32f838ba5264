import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ArchivePreview } from '../../../contract/archive.ts';
import { describeArchive } from '../../../main/foundation/image-archive/describe-archive.ts';
import { digestOf, entryBytes, patched, tarball } from '../../../tools/fuzz/make-tarball.ts';
import {
  blob,
  dockerArchive,
  dockerEntries,
  layer,
  named,
  ociArchive,
  ociImage,
  ociLists,
  rootArchive,
} from '../../../tools/fuzz/sample-archives.ts';
import { WorkFolder } from '../../support/work-folder.ts';

async function preview(bytes: Buffer | string): Promise<ArchivePreview> {
  using folder = new WorkFolder();
  writeFileSync(folder.file('x'), bytes);
  return (await describeArchive(folder.file('x'), () => {})).preview;
}

async function images(bytes: Buffer) {
  const shown = await preview(bytes);
  if (shown.kind !== 'images') throw new Error(JSON.stringify(shown));
  return shown;
}

describe('docker save', () => {
  test('names, platforms, times, layers with their instructions; a layer that is a link has the size of what it leads to', async () => {
    const { format, packing, images: both, unpackedSize } = await images(dockerArchive());
    expect({ format, packing, unpackedSize }).toEqual({ format: 'docker', packing: 'none', unpackedSize: dockerArchive().length });
    expect(both.map(({ references }) => references)).toEqual([['app:1', 'app:latest'], ['localhost:5000/team/other:2']]);
    expect(both[1]).toMatchObject({
      platform: 'linux/amd64',
      createdAt: Date.parse('2024-05-06T07:08:09Z'),
      layers: [
        { diffId: digestOf(layer('shared')), size: layer('shared').length, instruction: 'RUN step 0' },
        { diffId: digestOf(layer('two')), size: layer('two').length, instruction: 'RUN step 1' },
      ],
      size: layer('shared').length + layer('two').length,
    });
  });

  test.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('the same, packed with %s', async (packing, pack) => {
    const plain = await images(dockerArchive());
    expect(await images(pack(dockerArchive()))).toEqual({ ...plain, packing });
  });

  test('without the zeros at the end, as some programs write it', async () => {
    expect((await images(dockerArchive().subarray(0, -1024))).images).toHaveLength(2);
  });

  test('in a tarball of tar’s own, whose names begin with ./', async () => {
    const entries = dockerEntries([{ layers: [layer('a')], tags: ['a:1'] }]).map((entry) => ({ ...entry, name: `./${entry.name}` }));
    expect((await images(tarball({ name: './', kind: 'folder' }, ...entries))).images).toHaveLength(1);
  });

  test('a tag that isn’t a valid name is not shown, and docker.io is left out', async () => {
    const entries = dockerEntries([{ layers: [layer('a')], tags: ['docker.io/library/a:1', 'NOT A NAME', 'docker.io/me/b:2'] }]);
    expect((await images(tarball(...entries))).images[0]?.references).toEqual(['a:1', 'me/b:2']);
  });
});

test.each([
  ['library/a:1', 'a:1'],
  ['index.docker.io/library/a', 'a:latest'],
  ['docker.io/library/a/b:1', 'library/a/b:1'],
  ['other.io/library/a:1', 'other.io/library/a:1'],
])('%s is what Docker calls %s', async (written, known) => {
  const entries = dockerEntries([{ layers: [layer('a')], tags: [written] }]);
  expect((await images(tarball(...entries))).images[0]?.references).toEqual([known]);
});

describe('OCI layout', () => {
  test('every platform of a list is an image, an attestation isn’t', async () => {
    const { format, images: all } = await images(ociArchive());
    expect(format).toBe('oci');
    expect(all.map(({ platform, references }) => [platform, references])).toEqual([
      ['linux/amd64', ['multi:1']],
      ['linux/arm64', ['multi:1']],
      ['linux/amd64', ['ghcr.io/a/other:2']],
    ]);
    expect(all[0]?.ids).toHaveLength(3);
  });

  test('of a list for several platforms, only what is in the file is shown', async () => {
    const present = ociImage({ layers: [layer('a')], tags: [] });
    const absent = ociImage({ layers: [layer('b')], tags: [] });
    const list = JSON.stringify({ schemaVersion: 2, manifests: [present.descriptor, absent.descriptor] });
    const descriptor = { mediaType: 'application/vnd.oci.image.index.v1+json', digest: digestOf(list), size: list.length };
    expect((await images(tarball(...present.entries, blob(list), ...ociLists(descriptor)))).images).toHaveLength(1);
    const direct = await preview(tarball(...present.entries, ...ociLists(present.descriptor, absent.descriptor)));
    expect(direct).toMatchObject({ kind: 'refused', title: 'Part of the image is missing from the file' });
  });

  test('a bare tag isn’t a name, a whole name is', async () => {
    const image = ociImage({ layers: [layer('a')], tags: [] });
    const noted = (name: string) => ({ ...image.descriptor, annotations: { 'org.opencontainers.image.ref.name': name } });
    const shown = async (name: string) => (await images(tarball(...image.entries, ...ociLists(noted(name))))).images[0]?.references;
    expect(await shown('latest')).toEqual([]);
    expect(await shown('localhost/app:1')).toEqual(['localhost/app:1']);
  });

  test('docker’s newer tarballs, which are both, show their images once, with the names of both lists', async () => {
    const image = ociImage({ layers: [layer('a')], tags: [] });
    const manifest = JSON.parse(String(image.entries.at(-1)?.body));
    const path = (digest: string) => `blobs/${digest.replace(':', '/')}`;
    const list = [{ Config: path(manifest.config.digest), RepoTags: ['a:1'], Layers: [path(manifest.layers[0].digest)] }];
    const lists = ociLists(named(image.descriptor, 'docker.io/library/a:2'));
    const { format, images: shown } = await images(
      tarball(...image.entries, ...lists, { name: 'manifest.json', body: JSON.stringify(list) }),
    );
    expect(format).toBe('docker');
    expect(shown).toMatchObject([{ references: ['a:1', 'a:2'], ids: [manifest.config.digest, image.descriptor.digest] }]);
  });
});

const copied = { instruction: expect.stringMatching(/^COPY/) };

test.each([
  ['docker-20.10.tar', 'docker', [['fx:1', 'localhost:5000/fx:2']]],
  ['podman-4.3-docker.tar', 'docker', [[]]],
  ['podman-4.3-oci.tar', 'oci', [['localhost/fx:1']]],
])('%s, as the tool wrote it', async (name, format, references) => {
  const path = fileURLToPath(new URL(`../../fixtures/archives/${name}`, import.meta.url));
  const shown = await images(readFileSync(path));
  expect(shown.format).toBe(format);
  expect(shown.images.map((image) => image.references)).toEqual(references);
  expect(shown.images[0]).toMatchObject({ platform: 'linux/amd64', layers: [copied, copied] });
});

describe('files that aren’t images', () => {
  test('the files of a system, with what can be started, through a link to usr/bin', async () => {
    expect(await preview(rootArchive())).toEqual({
      kind: 'root-files',
      packing: 'none',
      entries: 7,
      unpackedSize: rootArchive().length,
      suggestedCommand: '/bin/sh',
    });
  });

  test('a system with a file that is stored with holes, which no engine reads', async () => {
    const holed = patched(entryBytes({ name: 'var/log/lastlog', body: 'x' }), { 156: 'S' });
    expect(await preview(Buffer.concat([holed, rootArchive()]))).toMatchObject({
      kind: 'refused',
      title: 'A file of the system is stored with holes',
      reason: expect.stringContaining('“var/log/lastlog”'),
    });
  });

  test('a system that is cut off between two files does not pass as whole', async () => {
    expect(await preview(rootArchive().subarray(0, -1024))).toMatchObject({ kind: 'refused', title: 'The file is cut off' });
  });

  test.each<[string, string, () => Buffer | string]>([
    ['nothing', 'The file is empty', () => ''],
    ['an empty tarball', 'The tarball is empty', () => tarball()],
    [
      'a project',
      'This is a project, not an image',
      () => tarball({ name: 'web/Dockerfile', body: 'FROM a' }, { name: 'web/a.js', body: '' }),
    ],
    ['an image’s folder', 'The image is one folder too deep', () => tarball({ name: 'img/oci-layout', body: '{}' })],
    ['an archive in an archive', 'There is another archive in this one', () => tarball({ name: 'app.tar.gz', body: gzipSync('x') })],
    [
      'a layer',
      'This looks like a single layer of an image',
      () => tarball({ name: 'etc/.wh.passwd' }, { name: 'usr/bin/new', body: 'x' }),
    ],
    ['a volume', 'This is data, perhaps from a volume', () => tarball({ name: 'PG_VERSION', body: '16' }, { name: 'base/1', body: 'x' })],
    ['something else', 'This tarball holds no image', () => tarball({ name: 'holiday.jpg', body: 'x' })],
    [
      'a web app with a manifest of its own',
      'This tarball holds no image',
      () => tarball({ name: 'manifest.json', body: '{"name":"app"}' }),
    ],
    ['a zip', 'This is a zip file', () => 'PK\x03\x04rest'],
    ['a bzip2 that is cut off', 'The file is cut off', () => 'BZh91AY&SY'],
    ['a web page', 'This is a web page, not an image', () => '<!DOCTYPE html><html>Sign in</html>'],
    ['a Dockerfile', 'This is a Dockerfile, not an image', () => '# syntax=docker/dockerfile:1\nFROM alpine\n'],
    ['a pointer of Git LFS', 'This only says where the file is', () => 'version https://git-lfs.github.com/spec/v1\n'],
    ['an encrypted file', 'The file is encrypted', () => `Salted__${'\u0001'.repeat(600)}`],
    ['nothing but blanks', 'This is text, not an image', () => '\t'.repeat(16_000)],
    ['a text', 'This is text, not an image', () => 'hello\n'.repeat(200)],
    ['noise', 'This isn’t a tarball', () => Buffer.from(Array.from({ length: 2000 }, (_, at) => (at * 7919) % 256))],
    ['a gzip of a text', 'The file is damaged', () => gzipSync('hello '.repeat(500))],
    ['a gzip that is cut off', 'The file is cut off', () => gzipSync(dockerArchive()).subarray(0, 300)],
  ])('%s: %s', async (_, title, make) => expect(await preview(make())).toMatchObject({ kind: 'refused', title }));
});
