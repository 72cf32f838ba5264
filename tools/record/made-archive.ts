import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

/** A layer of random bytes: nothing that a registry or an engine could know already. */
export const makeLayer = (bytes: number): Promise<Buffer> => tarOf({ [`file-${randomBytes(4).toString('hex')}`]: randomBytes(bytes) });

/** An image of these layers in a tarball as `docker save` wrote it up to Docker 24, with any number of names. */
export function dockerArchive(references: string[], layers: Buffer[]): Promise<Buffer> {
  const config = configOf(layers);
  const files = Object.fromEntries(layers.map((layer) => [`${hex(layer)}/layer.tar`, layer]));
  const manifest = [{ Config: `${hex(config)}.json`, RepoTags: references, Layers: Object.keys(files) }];
  return tarOf({ ...files, [`${hex(config)}.json`]: config, 'manifest.json': JSON.stringify(manifest) });
}

/** The same as OCI tools write it, without anything for Docker. */
export function ociArchive(reference: string, layers: Buffer[]): Promise<Buffer> {
  const config = configOf(layers);
  const type = 'application/vnd.oci.image';
  const describe = (mediaType: string, content: Buffer) => ({ mediaType, digest: `sha256:${hex(content)}`, size: content.length });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: `${type}.manifest.v1+json`,
      config: describe(`${type}.config.v1+json`, config),
      layers: layers.map((layer) => describe(`${type}.layer.v1.tar`, layer)),
    }),
  );
  const annotations = { 'io.containerd.image.name': reference, 'org.opencontainers.image.ref.name': reference.split(':').pop() };
  const index = { schemaVersion: 2, manifests: [{ ...describe(`${type}.manifest.v1+json`, manifest), annotations }] };
  return tarOf({
    'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
    ...Object.fromEntries([...layers, config, manifest].map((content) => [`blobs/sha256/${hex(content)}`, content])),
    'index.json': JSON.stringify(index),
  });
}

function configOf(layers: Buffer[]): Buffer {
  const history = layers.map((_, index) => ({ created: '2026-01-01T00:00:00Z', created_by: `COPY file-${index} /` }));
  const rootfs = { type: 'layers', diff_ids: layers.map((layer) => `sha256:${hex(layer)}`) };
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  return Buffer.from(JSON.stringify({ architecture, os: 'linux', created: '2026-01-01T00:00:00Z', config: {}, rootfs, history }));
}

/** What is sent for a build. */
export const buildTarball = (files: Record<string, string>): Promise<Buffer> => tarOf(files);

function tarOf(files: Record<string, string | Buffer>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  return buffer(tar);
}

const hex = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
