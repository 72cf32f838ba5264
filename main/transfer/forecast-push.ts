import pLimit from 'p-limit';
import { withDefaultTag } from '../../contract/reference.ts';
import type { PushForecast, PushForecastLayer } from '../../contract/transfer.ts';
import { checkMayPush } from '../distribution/check-may-push.ts';
import { type Access, withRepository } from '../distribution/open-repository.ts';
import { readRegistryFacts } from '../distribution/registry-facts.ts';
import { readRemoteImage } from '../distribution/remote-image.ts';
import type { Repository } from '../distribution/repository.ts';
import type { Engine } from '../engine/open-engine.ts';
import { type ReadLayers, sizesOf } from './image-layers.ts';
import type { KnownBlobs } from './known-blobs.ts';
import type { KnownBlob } from './met-layers.ts';

export type ForecastParts = { access: Access; readLayers: ReadLayers; knownBlobs: KnownBlobs };

/** Layers asked for at the same time. */
const atOnce = 6;

/**
 * What pushing an image under a name would send, asked of the registry layer by layer as the person who is signed in. Sends
 * nothing. Rejects where the push would be refused: no login, a wrong one, a namespace of somebody else.
 */
export async function forecastPush(
  engine: Engine,
  { reference, target }: { reference: string; target: string },
  { access, readLayers, knownBlobs }: ForecastParts,
  signal?: AbortSignal,
): Promise<PushForecast> {
  const image = await engine.docker.getImage(reference).inspect();
  const read = await readLayers(engine, image.Id);
  const diffIds = read?.diffIds ?? image.RootFS?.Layers ?? [];
  const sizes = read ? sizesOf(read) : new Map<string, number>();
  return withRepository(
    target,
    access,
    async (repository, tag) => {
      await checkMayPush(repository, signal);
      const [registry, there, known] = await Promise.all([
        readRegistryFacts(repository, access, signal),
        readTag(repository, tag, signal),
        knownBlobs.of(engine, new Set(diffIds), repository.client.registry, signal),
      ]);
      const limit = pLimit(atOnce);
      const layers = await Promise.all(
        [...new Set(diffIds)].map((diffId) =>
          limit(async (): Promise<PushForecastLayer> => {
            const size = sizes.get(diffId);
            const place = await whereItIs(repository, known.get(diffId) ?? [], signal);
            const isThereUnknown = place.state === 'send' && there?.diffIds.includes(diffId);
            return { id: idInPush(diffId), ...(size !== undefined && { size }), ...place, ...(isThereUnknown && { sentAgain: true }) };
          }),
        ),
      );
      const toSend = layers.reduce((sum, { state, size = 0 }) => sum + (state === 'send' ? size : 0), 0);
      const replaces = there && there.config.digest !== image.Id ? there.digest : undefined;
      return { reference, target: withDefaultTag(target), registry, layers, toSend, ...(replaces && { replaces }) };
    },
    signal,
  );
}

// engines name a layer in a push by the first digits of its unpacked digest
const idInPush = (diffId: string): string => diffId.replace(/^sha256:/, '').slice(0, 12);

async function readTag(repository: Repository, tag: string, signal?: AbortSignal) {
  const found = await repository.findManifest(tag, signal);
  return found?.manifest.kind === 'image' ? await readRemoteImage(repository, found.digest, signal) : undefined;
}

type Place = Pick<PushForecastLayer, 'state' | 'mountedFrom'>;

// what the engine itself does: look for the layer in the repository, then have it mounted from another of the registry
async function whereItIs(repository: Repository, known: KnownBlob[], signal?: AbortSignal): Promise<Place> {
  for (const digest of new Set(known.map((blob) => blob.digest))) {
    if (await repository.hasBlob(digest, signal)) return { state: 'there-already' };
  }
  const near = known.find((blob) => blob.registry === repository.client.registry && blob.repository !== repository.name);
  return near ? { state: 'mount', mountedFrom: near.repository } : { state: 'send' };
}
