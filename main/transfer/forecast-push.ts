import pLimit from 'p-limit';
import { withDefaultTag } from '../../contract/reference.ts';
import type { PushForecast, PushForecastLayer } from '../../contract/transfer.ts';
import { checkMayPush } from '../distribution/check-may-push.ts';
import { type Access, withRepository } from '../distribution/open-repository.ts';
import { readRegistryFacts } from '../distribution/registry-facts.ts';
import { readRemoteImage } from '../distribution/remote-image.ts';
import type { Repository } from '../distribution/repository.ts';
import type { Engine } from '../engine/open-engine.ts';
import { shortDigest } from '../formats/manifest.ts';
import { type ReadLayers, sizesOf } from './image-layers.ts';
import type { KnownBlobs } from './known-blobs.ts';
import type { KnownBlob } from './met-layers.ts';
import type { PackedLayers } from './packed-layers.ts';

export type ForecastParts = { access: Access; readLayers: ReadLayers; knownBlobs: KnownBlobs; packedLayers: PackedLayers };

/** Layers asked for at the same time. */
const atOnce = 6;

/**
 * What pushing an image under a name would send, asked of the registry layer by layer as the person who is signed in. Sends
 * nothing. Rejects where the push would be refused: no login, a wrong one, a namespace of somebody else.
 */
export async function forecastPush(
  engine: Engine,
  { reference, target }: { reference: string; target: string },
  parts: ForecastParts,
  signal?: AbortSignal,
): Promise<PushForecast> {
  const image = await engine.docker.getImage(reference).inspect();
  const own = await readOwnLayers(engine, { reference, id: image.Id, diffIds: image.RootFS?.Layers ?? [] }, parts, signal);
  return withRepository(
    target,
    parts.access,
    async (repository, tag) => {
      await checkMayPush(repository, signal);
      const diffIds = new Set(own.map(({ diffId }) => diffId));
      const [registry, there, known] = await Promise.all([
        readRegistryFacts(repository, parts.access, signal),
        readTag(repository, tag, signal),
        parts.knownBlobs.of(engine, diffIds, repository.client.registry, signal),
      ]);
      const limit = pLimit(atOnce);
      const layers = await Promise.all(
        own.map(({ diffId, digest, size }) =>
          limit(async (): Promise<PushForecastLayer> => {
            const place = await whereItIs(repository, digest, known.get(diffId) ?? [], signal);
            const isThereUnknown = place.state === 'send' && there?.diffIds.includes(diffId);
            const id = shortDigest(digest ?? diffId);
            return { id, ...(size !== undefined && { size }), ...place, ...(isThereUnknown && { sentAgain: true }) };
          }),
        ),
      );
      const toSend = layers.reduce((sum, { state, size = 0 }) => sum + (state === 'send' ? size : 0), 0);
      const isSame = there && [there.config.digest, there.digest].includes(image.Id);
      return { reference, target: withDefaultTag(target), registry, layers, toSend, ...(there && !isSame && { replaces: there.digest }) };
    },
    signal,
  );
}

/** A layer as this engine sends it: by its packed digest and size where it keeps it packed, else by what it is unpacked. */
type OwnLayer = { diffId: string; digest?: string; size?: number };

async function readOwnLayers(
  engine: Engine,
  { reference, id, diffIds }: { reference: string; id: string; diffIds: string[] },
  { readLayers, packedLayers }: ForecastParts,
  signal?: AbortSignal,
): Promise<OwnLayer[]> {
  const packed = await packedLayers.of(engine, reference, id, signal);
  const read = packed ? undefined : await readLayers(engine, id);
  const sizes = read ? sizesOf(read) : new Map<string, number>();
  const unpacked = diffIds.map((diffId): OwnLayer => {
    const size = sizes.get(diffId);
    return { diffId, ...(size !== undefined && { size }) };
  });
  // an image may have the same layer twice; it is sent once
  return [...new Map((packed ?? unpacked).map((layer) => [layer.diffId, layer])).values()];
}

async function readTag(repository: Repository, tag: string, signal?: AbortSignal) {
  const found = await repository.findManifest(tag, signal);
  return found?.manifest.kind === 'image' ? await readRemoteImage(repository, found.digest, signal) : undefined;
}

type Place = Pick<PushForecastLayer, 'state' | 'mountedFrom'>;

// what the engine itself does: look for the layer in the repository, then have it mounted from another of the registry
async function whereItIs(repository: Repository, own: string | undefined, known: KnownBlob[], signal?: AbortSignal): Promise<Place> {
  for (const digest of new Set([...(own ? [own] : []), ...known.map((blob) => blob.digest)])) {
    if (await repository.hasBlob(digest, signal)) return { state: 'there-already' };
  }
  const near = known.find((blob) => blob.registry === repository.client.registry && blob.repository !== repository.name);
  return near ? { state: 'mount', mountedFrom: near.repository } : { state: 'send' };
}
