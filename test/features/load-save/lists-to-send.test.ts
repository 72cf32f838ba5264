import { expect, test } from 'vitest';
import { listsToSend, type Receiver } from '../../../main/features/load-save/lists-to-send.ts';
import { partsToLoad, type ReadArchive } from '../../../main/features/load-save/parts-to-send.ts';
import { describeArchive } from '../../../main/foundation/image-archive/describe-archive.ts';
import { lookAtTarball } from '../../../main/foundation/image-archive/look-at-tarball.ts';
import { scanArchive } from '../../../main/foundation/image-archive/scan-archive.ts';
import { tarball } from '../../../tools/fuzz/make-tarball.ts';
import { dockerEntries, layer, named, ociArchive, ociImage, ociIndex, ociLists } from '../../../tools/fuzz/sample-archives.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const receiver = (product: Receiver['product'], ...keptBack: string[]): Receiver => ({
  product,
  platform: 'linux/amd64',
  keptBack: new Set(keptBack),
});

/** What an engine finds in the tarball it is sent. */
async function sent(bytes: Buffer, to: Receiver) {
  using folder = new WorkFolder({ 'x.tar': bytes });
  const pieces: Buffer[] = [];
  let read: ReadArchive | undefined;
  for await (const part of partsToLoad(await lookAtTarball(folder.file('x.tar')), { ...to, isFar: false })) {
    if ('read' in part) read = part.read;
    // its memory is used again
    else pieces.push(Buffer.from(part.bytes));
  }
  using out = new WorkFolder({ 'x.tar': Buffer.concat(pieces) });
  const scanned = await scanArchive(await lookAtTarball(out.file('x.tar')), () => {});
  const list = (name: string) => {
    const text = scanned?.index.members.get(name)?.text;
    return text && JSON.parse(text.toString());
  };
  const shown = await describeArchive(out.file('x.tar'), () => {});
  return {
    docker: list('manifest.json'),
    oci: list('index.json'),
    layout: list('oci-layout'),
    shown: shown.preview,
    read: read as ReadArchive,
  };
}

const one = () => dockerEntries([{ layers: [layer('a')], tags: ['a:1', 'docker.io/library/b:2', 'x.io/library/c'] }]);

test('docker’s list: names that are kept back are left out, the image stays', async () => {
  const { docker, read } = await sent(tarball(...one()), receiver('Docker', 'b:2', 'not-there:1'));
  expect(docker).toEqual([
    { Config: expect.any(String), RepoTags: ['a:1', 'x.io/library/c:latest'], Layers: [expect.stringMatching(/layer\.tar$/)] },
  ]);
  expect(read.keptBack).toEqual(['b:2']);
  const nameless = await sent(tarball(...one()), receiver('Docker', 'a:1', 'b:2', 'x.io/library/c:latest'));
  expect(nameless.docker[0].RepoTags).toBeNull();
});

test('Podman’s own names are kept back there, and written out', async () => {
  const { docker, read } = await sent(tarball(...one()), receiver('Podman', 'localhost/a:1', 'b:2'));
  expect(docker[0].RepoTags).toEqual(['docker.io/library/b:2', 'x.io/library/c:latest']);
  expect(read.keptBack).toEqual(['localhost/a:1']);
});

test('OCI’s list: both annotations give the name in full, and are left out if it is kept back', async () => {
  const image = ociImage({ layers: [layer('a')], tags: [] });
  const noted = { ...named(image.descriptor, 'a:1') };
  const bytes = tarball(...image.entries, ...ociLists({ ...noted, annotations: { ...noted.annotations, other: 'x' } }));
  const given = await sent(bytes, receiver('Docker'));
  const whole = 'docker.io/library/a:1';
  expect(given.oci.manifests[0].annotations).toEqual({
    other: 'x',
    'io.containerd.image.name': whole,
    'org.opencontainers.image.ref.name': whole,
  });
  expect(given.layout).toEqual({ imageLayoutVersion: '1.0.0' });
  expect((await sent(bytes, receiver('Docker', 'a:1'))).oci.manifests[0].annotations).toEqual({ other: 'x' });
  expect((await sent(bytes, receiver('Podman'))).oci.manifests[0].annotations).toMatchObject({
    'io.containerd.image.name': 'localhost/a:1',
  });
});

test('docker’s own store gets docker’s list of an OCI layout, with the engine’s platform alone', async () => {
  const { docker, oci } = await sent(ociArchive(), receiver('Docker'));
  expect(docker.map(({ RepoTags }: { RepoTags: string[] }) => RepoTags)).toEqual([['multi:1'], ['ghcr.io/a/other:2']]);
  expect(oci.manifests).toHaveLength(2);
});

test('Podman gets docker’s list if an OCI layout has more than it can choose from', async () => {
  const several = await sent(ociArchive(), receiver('Podman'));
  expect([several.docker.length, several.oci, several.layout]).toEqual([2, undefined, undefined]);
  const image = ociImage({ layers: [layer('a')], tags: [] });
  const single = await sent(tarball(...image.entries, ...ociLists(named(image.descriptor, 'a:1'))), receiver('Podman'));
  expect([single.docker, single.oci.manifests.length]).toEqual([undefined, 1]);
  const below = ociIndex(image.descriptor);
  const inList = await sent(tarball(...image.entries, below.entry, ...ociLists(named(below.descriptor, 'a:1'))), receiver('Podman'));
  expect([inList.docker[0].RepoTags, inList.oci]).toEqual([['localhost/a:1'], undefined]);
});

test('names that only docker’s list has are added to the other list', async () => {
  const image = ociImage({ layers: [layer('a')], tags: [] });
  const manifest = JSON.parse(String(image.entries.at(-1)?.body));
  const path = (digest: string) => `blobs/${digest.replace(':', '/')}`;
  const list = [{ Config: path(manifest.config.digest), RepoTags: ['a:1', 'a:2'], Layers: [path(manifest.layers[0].digest)] }];
  const lists = ociLists(named(image.descriptor, 'a:1'));
  const bytes = tarball(...image.entries, ...lists, { name: 'manifest.json', body: JSON.stringify(list) });
  const { docker, oci } = await sent(bytes, receiver('Docker'));
  expect(docker[0].RepoTags).toEqual(['a:1', 'a:2']);
  const names = oci.manifests.map(({ annotations }: { annotations: Record<string, string> }) => annotations['io.containerd.image.name']);
  expect(names).toEqual(['docker.io/library/a:1', 'docker.io/library/a:2']);
});

test('a name of several images belongs to the last one; the images of one multi-platform list share it', async () => {
  const twice = dockerEntries([
    { layers: [layer('a')], tags: ['a:1'] },
    { layers: [layer('b')], tags: ['a:1', 'b:1'] },
  ]);
  const { docker, shown } = await sent(tarball(...twice), receiver('Docker'));
  expect(docker.map(({ RepoTags }: { RepoTags: string[] | null }) => RepoTags)).toEqual([null, ['a:1', 'b:1']]);
  expect(shown).toMatchObject({ images: [{ references: [] }, { references: ['a:1', 'b:1'] }] });
  expect((await sent(ociArchive(), receiver('Docker'))).read.images.map(({ names }) => names[0]?.docker)).toEqual([
    'multi:1',
    'multi:1',
    'ghcr.io/a/other:2',
  ]);
});

test.each(['repotags', 'REPOTAGS', 'repoTag\u017f'])('“%s”, which engines read like RepoTags, is not sent to one', async (key) => {
  const bytes = tarball(
    ...one().map((entry) =>
      entry.name === 'manifest.json' ? { ...entry, body: String(entry.body).replace('}]', `,"${key}":["hidden:1"]}]`) } : entry,
    ),
  );
  const { docker } = await sent(bytes, receiver('Docker'));
  expect(Object.keys(docker[0])).toEqual(['Config', 'RepoTags', 'Layers']);
  expect(JSON.stringify(docker)).not.toContain('hidden');
});

test('a second list in a folder does not count as one, and the oldest one is not sent', async () => {
  const list = { name: 'repositories', body: '{"hidden":{"1":"id"}}' };
  const { docker, shown } = await sent(tarball(list, ...one()), receiver('Docker'));
  expect(docker).toHaveLength(1);
  expect(JSON.stringify(shown)).not.toContain('hidden');
});

test('images that no list names are not in them', () => {
  const nothing = listsToSend({ format: 'docker', images: [], topEntries: [], notes: [] }, receiver('Podman'));
  expect(nothing.expected).toEqual([]);
});
