import { isAttestation, isImage, parseConfiguration } from '../../foundation/formats/manifest.ts';
import type { Receipt, StoredLayer } from '../../foundation/receipts/receipt.ts';
import type { RegistryClient } from '../../foundation/registries/registry-client.ts';
import { type FoundManifest, Repository } from '../../foundation/registries/repository.ts';
import { listTags } from './list-tags.ts';

const longestConfiguration = 8 * 1024 * 1024;
/** How many tags are read at the same time; the host's own pace is kept below them. */
const atOnce = 6;

export type ReceiptPart = { kind: 'reading'; done: number; total: number } | { kind: 'read'; receipt: Receipt; unreadable: number };

/** The layers of all images that tags lead to in these repositories. What can't be read is counted: its layers are packed though they are there. */
export async function* readReceipt(
  client: RegistryClient,
  repositories: readonly string[],
  { now, signal }: { now: number; signal?: AbortSignal | undefined },
): AsyncGenerator<ReceiptPart> {
  const tagged: { repository: Repository; tag: string }[] = [];
  for (const name of repositories) {
    const repository = new Repository(client, name);
    for await (const { names } of listTags(repository, signal)) tagged.push(...names.map((tag) => ({ repository, tag })));
  }
  const stored = new Map<string, StoredLayer>();
  const seen = new Set<string>();
  let unreadable = 0;
  for (let done = 0; done < tagged.length; done += atOnce) {
    yield { kind: 'reading', done, total: tagged.length };
    const batch = tagged.slice(done, done + atOnce);
    await Promise.all(
      batch.map(async (one) => {
        try {
          for (const layer of await layersOf(one.repository, one.tag, seen, signal)) stored.set(layer.diffId, layer);
        } catch {
          signal?.throwIfAborted();
          unreadable += 1;
        }
      }),
    );
  }
  yield {
    kind: 'read',
    unreadable,
    receipt: { name: client.registry, madeAt: now, takesParts: false, chains: new Set(), stored: [...stored.values()] },
  };
}

/** The layers of what a tag leads to; of several images in a list, those of all. `seen` are digests that need not be read again. */
async function layersOf(repository: Repository, tag: string, seen: Set<string>, signal?: AbortSignal): Promise<StoredLayer[]> {
  const digest = await repository.findDigest(tag, signal);
  if (digest === undefined || seen.has(`${repository.name} ${digest}`)) return [];
  seen.add(`${repository.name} ${digest}`);
  const named = await repository.manifest(digest, signal);
  const images: FoundManifest[] =
    named.manifest.kind === 'image'
      ? [named]
      : await Promise.all(
          named.manifest.manifests.filter((one) => !isAttestation(one)).map((one) => repository.manifest(one.digest, signal)),
        );
  return (await Promise.all(images.map((image) => storedIn(repository, image, signal)))).flat();
}

async function storedIn(repository: Repository, { manifest }: FoundManifest, signal?: AbortSignal): Promise<StoredLayer[]> {
  if (manifest.kind !== 'image' || !isImage(manifest)) return [];
  const text = (await repository.blob(manifest.config.digest, longestConfiguration, signal)).toString('utf8');
  const diffIds = parseConfiguration(text).rootfs.diff_ids;
  return manifest.layers.flatMap(({ digest, size, mediaType, urls }, at) => {
    const diffId = diffIds[at];
    // a layer with an address of its own is stored elsewhere
    return diffId === undefined || urls?.length ? [] : [{ diffId, digest, size, mediaType, repository: repository.name }];
  });
}
