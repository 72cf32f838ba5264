import { gzipSync } from 'node:zlib';
import { digestOf, hexOf, type MadeEntry, tarball } from './make-tarball.ts';

export const layer = (text: string): Buffer => tarball({ name: 'file.txt', body: text });

const config = (layers: Buffer[], platform = { os: 'linux', architecture: 'amd64' }): string =>
  JSON.stringify({
    ...platform,
    created: '2024-05-06T07:08:09Z',
    config: { Cmd: ['/bin/sh'] },
    rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
    history: [
      ...layers.map((_, at) => ({ created_by: `RUN /bin/sh -c step ${at} # buildkit` })),
      { created_by: 'CMD ["/bin/sh"]', empty_layer: true },
    ],
  });

type Image = { layers: Buffer[]; tags: string[] };

/** As `docker save` before 25 writes it: a layer that images share is a link. */
export function dockerEntries(images: Image[]): MadeEntry[] {
  const seen = new Map<string, string>();
  const entries: MadeEntry[] = [];
  const list = images.map(({ layers, tags }, number) => {
    const text = config(layers);
    const names = layers.map((bytes, at) => {
      const id = hexOf(`${number} ${at}`);
      const first = seen.get(hexOf(bytes));
      seen.set(hexOf(bytes), first ?? id);
      entries.push({ name: `${id}/`, kind: 'folder' }, { name: `${id}/VERSION`, body: '1.0' });
      entries.push(
        first ? { name: `${id}/layer.tar`, kind: 'symlink', linkName: `../${first}/layer.tar` } : { name: `${id}/layer.tar`, body: bytes },
      );
      return `${id}/layer.tar`;
    });
    entries.push({ name: `${hexOf(text)}.json`, body: text });
    return { Config: `${hexOf(text)}.json`, RepoTags: tags.length > 0 ? tags : null, Layers: names };
  });
  return [...entries, { name: 'manifest.json', body: JSON.stringify(list) }];
}

type OciImage = Image & { platform?: { os: string; architecture: string }; packed?: boolean };

/** Blobs of images with their manifests' descriptors. */
export function ociImage({ layers, platform, packed = false }: OciImage): { entries: MadeEntry[]; descriptor: Descriptor } {
  const text = config(layers, platform);
  const blobs = layers.map((bytes) => (packed ? gzipSync(bytes) : bytes));
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(text), size: text.length },
    layers: blobs.map((bytes) => ({
      mediaType: `application/vnd.oci.image.layer.v1.tar${packed ? '+gzip' : ''}`,
      digest: digestOf(bytes),
      size: bytes.length,
    })),
  });
  const descriptor = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: digestOf(manifest), size: manifest.length };
  return { entries: [...blobs.map(blob), blob(text), blob(manifest)], descriptor: { ...descriptor, ...(platform && { platform }) } };
}

export type Descriptor = {
  mediaType: string;
  digest: string;
  size: number;
  platform?: { os: string; architecture: string };
  annotations?: Record<string, string>;
};

export const blob = (bytes: Buffer | string): MadeEntry => ({ name: `blobs/sha256/${hexOf(bytes)}`, body: bytes });

/** The two files that make blobs an OCI layout. */
export const ociLists = (...manifests: Descriptor[]): MadeEntry[] => [
  { name: 'index.json', body: JSON.stringify({ schemaVersion: 2, manifests }) },
  { name: 'oci-layout', body: '{"imageLayoutVersion":"1.0.0"}' },
];

/** A list of manifests, as a blob. */
export function ociIndex(...manifests: Descriptor[]): { entry: MadeEntry; descriptor: Descriptor } {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const text = JSON.stringify({ schemaVersion: 2, mediaType, manifests });
  return { entry: blob(text), descriptor: { mediaType, digest: digestOf(text), size: text.length } };
}

export const named = (descriptor: Descriptor, name: string): Descriptor => ({
  ...descriptor,
  annotations: { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': name.replace(/^.*:/, '') },
});

const shared = layer('shared');

/** A tarball with two images that share a layer. */
export const dockerArchive = (): Buffer =>
  tarball(
    ...dockerEntries([
      { layers: [shared, layer('one')], tags: ['app:1', 'app:latest'] },
      { layers: [shared, layer('two')], tags: ['localhost:5000/team/other:2'] },
    ]),
  );

/** An OCI layout with an image for two platforms, an attestation, and a second image. */
export function ociArchive(): Buffer {
  const intel = ociImage({ layers: [shared, layer('intel')], tags: [], packed: true, platform: { os: 'linux', architecture: 'amd64' } });
  const arm = ociImage({ layers: [shared, layer('arm')], tags: [], packed: true, platform: { os: 'linux', architecture: 'arm64' } });
  const attested = ociImage({ layers: [layer('in-toto')], tags: [], platform: { os: 'unknown', architecture: 'unknown' } });
  const both = ociIndex(intel.descriptor, arm.descriptor, {
    ...attested.descriptor,
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
  });
  const other = ociImage({ layers: [layer('other')], tags: [] });
  const lists = ociLists(named(both.descriptor, 'docker.io/library/multi:1'), named(other.descriptor, 'ghcr.io/a/other:2'));
  const blobs = [...intel.entries, ...arm.entries, ...attested.entries, both.entry, ...other.entries];
  return tarball(...new Map([...blobs, ...lists].map((entry) => [entry.name, entry])).values());
}

/** A small file system, as `docker export` writes it. */
export const rootArchive = (): Buffer =>
  tarball(
    { name: '.dockerenv', body: '' },
    { name: 'bin', kind: 'symlink', linkName: 'usr/bin' },
    { name: 'etc/', kind: 'folder' },
    { name: 'etc/passwd', body: 'root:x:0:0::/:/bin/sh\n' },
    { name: 'usr/bin/', kind: 'folder' },
    { name: 'usr/bin/sh', body: 'ELF' },
    { name: 'var/', kind: 'folder' },
  );
