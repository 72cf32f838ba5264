import { createHash } from 'node:crypto';
import { tarball } from '../../../tools/fuzz/make-tarball.ts';

const hex = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

const configOf = (layers: Buffer[]): string =>
  JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    created: '2024-01-01T00:00:00Z',
    config: { Cmd: ['/x'] },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${hex(layer)}`) },
    history: layers.map(() => ({ created_by: 'COPY . /', created: '2024-01-01T00:00:00Z' })),
  });

/** A file for `docker load` with one image of these layers; `stored` are their bytes there, if these are others. */
export function loadable(reference: string, layers: Buffer[], stored = layers): Buffer {
  const config = configOf(layers);
  const names = layers.map((layer) => `${hex(layer)}.tar`);
  const unique = new Map(stored.map((layer, at) => [names[at] ?? '', layer]));
  return tarball({ name: `${hex(config)}.json`, body: config }, ...[...unique].map(([name, body]) => ({ name, body })), {
    name: 'manifest.json',
    body: JSON.stringify([{ Config: `${hex(config)}.json`, RepoTags: [reference], Layers: names }]),
  });
}

/** The files of an OCI layout with the same, under the tag `made`. */
export function layoutFiles(layers: Buffer[]): Record<string, Buffer | string> {
  const files: Record<string, Buffer | string> = { 'oci-layout': JSON.stringify({ imageLayoutVersion: '1.0.0' }) };
  const put = (bytes: Buffer | string, kind: string) => {
    files[`blobs/sha256/${hex(bytes)}`] = bytes;
    return { mediaType: `application/vnd.oci.image.${kind}`, digest: `sha256:${hex(bytes)}`, size: Buffer.byteLength(bytes) };
  };
  const config = put(configOf(layers), 'config.v1+json');
  const described = layers.map((layer) => put(layer, 'layer.v1.tar'));
  const manifest = put(
    JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', config, layers: described }),
    'manifest.v1+json',
  );
  const annotations = { 'org.opencontainers.image.ref.name': 'made' };
  files['index.json'] = JSON.stringify({ schemaVersion: 2, manifests: [{ ...manifest, annotations }] });
  return files;
}
