import { type Descriptor, parseConfiguration } from '../../foundation/formats/manifest.ts';
import type { StoredLayer } from '../../foundation/receipts/receipt.ts';
import type { Repository } from '../../foundation/registries/repository.ts';
import type { KnownPacked, PackedThere } from './content-of-archive.ts';

const longestConfiguration = 8 * 1024 * 1024;
/** How many tags are read: a repository's newest ones usually share their lower layers. */
const mostTags = 10;

/** What is known of a registry: what a file says that it has, and what its repository shows, which counts for more. */
export async function knownThere(
  repository: Repository,
  { tag, stored }: { tag: string; stored: readonly StoredLayer[] },
  signal: AbortSignal,
): Promise<KnownPacked> {
  const { registry } = repository.client;
  const told = stored.map(({ diffId, repository: name, ...blob }) => [diffId, { ...blob, at: { registry, repository: name } }] as const);
  return new Map<string, PackedThere>([...told, ...(await readKnownPacked(repository, tag, signal))]);
}

/** The packed forms of layers in the repository: packing them again would give different bytes, which would be sent again. */
async function readKnownPacked(repository: Repository, tag: string, signal: AbortSignal): Promise<KnownPacked> {
  const known = new Map<string, Descriptor>();
  const others = await repository.tags(1000, signal).catch(() => []);
  signal.throwIfAborted();
  for (const one of new Set([tag, ...others.slice(-mostTags)])) {
    const found = await repository.findManifest(one, signal).catch(() => undefined);
    signal.throwIfAborted();
    if (found?.manifest.kind !== 'image') continue;
    const { config, layers } = found.manifest;
    const diffIds = await readDiffIds(repository, config, signal).catch(() => []); // repositories also hold charts and signatures
    signal.throwIfAborted();
    diffIds.forEach((diffId, index) => {
      const layer = layers[index];
      if (layer) known.set(diffId, layer);
    });
  }
  return known;
}

async function readDiffIds(repository: Repository, { digest }: Descriptor, signal: AbortSignal): Promise<string[]> {
  return parseConfiguration((await repository.blob(digest, longestConfiguration, signal)).toString('utf8')).rootfs.diff_ids;
}
