import pLimit from 'p-limit';
import { withDefaultTag } from '../../../contract/reference.ts';
import type { PushForecast, PushForecastLayer } from '../../../contract/transfer.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { shortDigest } from '../../foundation/formats/digest.ts';
import { bytesOf, joinSizes, type LayerSizes } from '../../foundation/layers/layer-sizes.ts';
import { checkMayPush } from '../../foundation/registries/blobs/check-may-push.ts';
import { withRepository } from '../../foundation/registries/open-repository.ts';
import { readRegistryFacts } from '../../foundation/registries/registry-facts.ts';
import { readRemoteImage } from '../../foundation/registries/remote-image.ts';
import type { Repository } from '../../foundation/registries/repository.ts';
import type { AccessFor } from './access-for.ts';
import type { ForecastSizes } from './forecast-sizes.ts';
import type { ReadLayers } from './image-layers.ts';
import type { KnownBlobs } from './known-blobs.ts';
import type { PackedLayers } from './packed-layers.ts';
import type { KnownBlob } from './seen-layers.ts';

export type ForecastParts = {
  accessFor: AccessFor;
  readLayers: ReadLayers;
  knownBlobs: KnownBlobs;
  packedLayers: PackedLayers;
  pullSizes: ForecastSizes;
};

/** How many layers are checked at the same time. */
const atOnce = 6;

/**
 * What pushing an image under a name would send. Asks the registry layer by layer, with the person's login; sends nothing. Rejects
 * if the push would be refused: no login, a wrong one, or somebody else's namespace.
 */
export async function forecastPush(
  engine: Engine,
  { reference, target }: { reference: string; target: string },
  parts: ForecastParts,
  signal?: AbortSignal,
): Promise<PushForecast> {
  const access = parts.accessFor(engine);
  const image = await inspectImage(engine, reference);
  const { own, sizes } = await readOwnLayers(engine, { reference, id: image.Id, diffIds: image.RootFS.Layers }, parts, signal);
  return withRepository(
    target,
    access,
    async (repository, tag) => {
      await checkMayPush(repository, signal);
      const diffIds = new Set(own.map(({ diffId }) => diffId));
      const [registry, there, known] = await Promise.all([
        readRegistryFacts(repository, access, signal),
        readTag(repository, tag, signal),
        parts.knownBlobs.of(engine, diffIds, repository.client.registry, signal),
      ]);
      const limit = pLimit(atOnce);
      const layers = await Promise.all(
        own.map(({ diffId, digest }) =>
          limit(async (): Promise<PushForecastLayer> => {
            const place = await locateLayer(repository, digest, known.get(diffId) ?? [], signal);
            const isThereUnknown = place.state === 'send' && there?.diffIds.includes(diffId);
            const id = shortDigest(digest ?? diffId);
            const size = sizes.of.get(diffId);
            return { id, ...(size !== undefined && { size }), ...place, ...(isThereUnknown && { sentAgain: true }) };
          }),
        ),
      );
      const sent = own.filter((_, place) => layers[place]?.state === 'send');
      const toSend = bytesOf(
        sent.map(({ diffId }) => diffId),
        sizes,
      );
      const isSame = there && [there.config.digest, there.digest].includes(image.Id);
      return {
        reference,
        target: withDefaultTag(target),
        registry,
        layers,
        ...(toSend !== undefined && { toSend }),
        ...(there && !isSame && { replaces: there.digest }),
      };
    },
    signal,
  );
}

/** A layer as this engine sends it. `digest` is that of the packed layer, if the engine stores layers packed. */
type OwnLayer = { diffId: string; digest?: string };

async function readOwnLayers(
  engine: Engine,
  { reference, id, diffIds }: { reference: string; id: string; diffIds: string[] },
  { readLayers, packedLayers }: ForecastParts,
  signal?: AbortSignal,
): Promise<{ own: OwnLayer[]; sizes: LayerSizes }> {
  const packed = await packedLayers.of(engine, reference, id, signal);
  const sizes = packed ? packed.map(({ diffId, size }) => ({ layers: [diffId], bytes: size })) : (await readLayers(engine, id))?.sizes;
  const all = packed ?? diffIds.map((diffId): OwnLayer => ({ diffId }));
  // an image may have the same layer twice, but it is sent once
  return { own: [...new Map(all.map((layer) => [layer.diffId, layer])).values()], sizes: joinSizes(sizes ?? []) };
}

async function readTag(repository: Repository, tag: string, signal?: AbortSignal) {
  const found = await repository.findManifest(tag, signal);
  return found?.manifest.kind === 'image' ? await readRemoteImage(repository, found.digest, signal) : undefined;
}

type Place = Pick<PushForecastLayer, 'state' | 'mountedFrom'>;

// like the engine itself: look in the repository, then mount from another repository of the same registry
async function locateLayer(repository: Repository, own: string | undefined, known: KnownBlob[], signal?: AbortSignal): Promise<Place> {
  for (const digest of new Set([...(own ? [own] : []), ...known.map((blob) => blob.digest)])) {
    if (await repository.hasBlob({ digest }, signal)) return { state: 'there-already' };
  }
  const near = known.find((blob) => blob.registry === repository.client.registry && blob.repository !== repository.name);
  return near ? { state: 'mount', mountedFrom: near.repository } : { state: 'send' };
}
