import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Filling = { repositories: number; tags: number; images: number };

/** The repository that has all the tags. */
export const manyTags = 'bench/many';

/**
 * Writes what a registry holds into its folder, as distribution itself lays it out (its docs, storage drivers): as many repositories as wanted, all but one
 * of them empty, and that one with as many tags as wanted, which lead to a few images. Pushing all that would take minutes.
 */
export function fillRegistry(folder: string, { repositories, tags, images }: Filling): void {
  const root = join(folder, 'storage', 'docker', 'registry', 'v2');
  const made = Array.from({ length: images }, (_, number) => makeImage(root, number));
  // what makes a repository one, to the list of them
  for (let at = 0; at < repositories - 1; at++)
    mkdirSync(join(root, 'repositories', 'bench', `repository-${String(at).padStart(4, '0')}`, '_layers'), { recursive: true });
  addRepository(root, manyTags, made);
  for (let at = 0; at < tags; at++) addTag(root, manyTags, `1.${Math.floor(at / 100)}.${at % 100}`, made[at % made.length]?.manifest ?? '');
}

type Made = { manifest: string; blobs: string[] };

function makeImage(root: string, number: number): Made {
  const put = (bytes: string): { digest: string; size: number } => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    write(join(root, 'blobs', 'sha256', hash.slice(0, 2), hash, 'data'), bytes);
    return { digest: `sha256:${hash}`, size: bytes.length };
  };
  const created = new Date(1_700_000_000_000 + number * 86_400_000).toISOString();
  const rootfs = { type: 'layers', diff_ids: [`sha256:${'1'.repeat(64)}`] };
  const history = [{ created, created_by: `COPY ${number} /` }];
  const config = put(JSON.stringify({ os: 'linux', architecture: 'amd64', created, config: {}, rootfs, history }));
  const layer = put(`layer ${number}`);
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const layers = [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', ...layer }];
  const manifest = put(
    JSON.stringify({ schemaVersion: 2, mediaType, config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config }, layers }),
  );
  return { manifest: manifest.digest, blobs: [config.digest, layer.digest] };
}

function addRepository(root: string, name: string, images: readonly Made[]): void {
  const at = join(root, 'repositories', name);
  for (const { manifest, blobs } of images) {
    for (const blob of blobs) write(join(at, '_layers', ...pathOf(blob), 'link'), blob);
    write(join(at, '_manifests', 'revisions', ...pathOf(manifest), 'link'), manifest);
  }
}

function addTag(root: string, name: string, tag: string, digest: string): void {
  const at = join(root, 'repositories', name, '_manifests', 'tags', tag);
  write(join(at, 'current', 'link'), digest);
  write(join(at, 'index', ...pathOf(digest), 'link'), digest);
}

const pathOf = (digest: string): string[] => digest.split(':');

function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}
