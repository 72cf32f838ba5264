import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { tarOf } from './window/made-images.ts';

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A layer with one file that is half random and half empty, so that it is smaller packed. */
export type MadeLayer = { diffId: string; packed: Buffer };

export async function makeLayer(name: string, bytes: number): Promise<MadeLayer> {
  const half = Math.floor(bytes / 2);
  const tar = await tarOf({ [name]: Buffer.concat([randomBytes(bytes - half), Buffer.alloc(half)]) });
  return { diffId: `sha256:${sha256(tar)}`, packed: gzipSync(tar) };
}

const configOf = (layers: MadeLayer[], platform: string): string => {
  const [os, architecture, variant] = platform.split('/');
  return JSON.stringify({
    os,
    architecture,
    ...(variant && { variant }),
    created: '2024-01-01T00:00:00Z',
    config: { Cmd: ['/x'] },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map(() => ({ created_by: 'COPY . /', created: '2024-01-01T00:00:00Z' })),
  });
};

/** A file for `docker load` that any engine reads, with images whose layers are given, the lowest first. */
export async function layeredArchive(images: { reference: string; layers: MadeLayer[] }[]): Promise<Buffer> {
  const files: Record<string, string | Buffer> = {};
  const manifest = images.map(({ reference, layers }) => {
    const config = configOf(layers, 'linux/amd64');
    files[`${sha256(config)}.json`] = config;
    for (const { diffId, packed } of layers) files[`${diffId.slice(7)}.tar.gz`] = packed;
    return { Config: `${sha256(config)}.json`, RepoTags: [reference], Layers: layers.map(({ diffId }) => `${diffId.slice(7)}.tar.gz`) };
  });
  return tarOf({ ...files, 'manifest.json': JSON.stringify(manifest) });
}

/** One image of several platforms, as an OCI layout; of some of them, nothing but their names is there. Gives its index's digest, too. */
export async function platformsArchive(
  reference: string,
  platforms: { platform: string; layers: MadeLayer[]; isMissing?: boolean }[],
): Promise<{ archive: Buffer; id: string }> {
  const blobs: Record<string, string | Buffer> = {};
  const put = (content: string | Buffer, mediaType: string, isMissing = false) => {
    if (!isMissing) blobs[`blobs/sha256/${sha256(content)}`] = content;
    return { mediaType, digest: `sha256:${sha256(content)}`, size: Buffer.byteLength(content) };
  };
  const oci = (kind: string) => `application/vnd.oci.image.${kind}`;
  const manifests = platforms.map(({ platform, layers, isMissing }) => {
    const [os, architecture, variant] = platform.split('/');
    const config = put(configOf(layers, platform), oci('config.v1+json'), isMissing);
    const packed = layers.map((layer) => put(layer.packed, oci('layer.v1.tar+gzip'), isMissing));
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: oci('manifest.v1+json'), config, layers: packed });
    return { ...put(manifest, oci('manifest.v1+json'), isMissing), platform: { os, architecture, ...(variant && { variant }) } };
  });
  const index = put(JSON.stringify({ schemaVersion: 2, mediaType: oci('index.v1+json'), manifests }), oci('index.v1+json'));
  const [repository, tag] = reference.split(':');
  const annotations = {
    'io.containerd.image.name': `docker.io/library/${repository}:${tag}`,
    'org.opencontainers.image.ref.name': tag,
  };
  const archive = await tarOf({
    ...blobs,
    'index.json': JSON.stringify({ schemaVersion: 2, manifests: [{ ...index, annotations }] }),
    'oci-layout': JSON.stringify({ imageLayoutVersion: '1.0.0' }),
  });
  return { archive, id: index.digest };
}
