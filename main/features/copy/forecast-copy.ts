import pLimit from 'p-limit';
import { withDefaultTag } from '../../../contract/reference.ts';
import type { CopyForecast, PlatformSize, PushForecastLayer } from '../../../contract/transfer.ts';
import { shortDigest } from '../../foundation/formats/digest.ts';
import type { Receipt, StoredLayer } from '../../foundation/receipts/receipt.ts';
import { checkMayPush } from '../../foundation/registries/blobs/check-may-push.ts';
import { type Access, placeOf, withRepository } from '../../foundation/registries/open-repository.ts';
import { readRegistryFacts } from '../../foundation/registries/registry-facts.ts';
import { listPlatforms } from '../../foundation/registries/remote-image.ts';
import type { Repository } from '../../foundation/registries/repository.ts';
import type { Pack } from './content-of-archive.ts';
import { type CopyFrom, forOnePlatform, withContent } from './copy-image.ts';
import type { ContentBlob, ImageContent } from './image-content.ts';
import { knownThere } from './known-packed.ts';
import { findLeftOut } from './left-out.ts';
import { canBeMounted, lacksIt } from './only-there.ts';

/** How many blobs are checked at the same time. */
const atOnce = 6;

/** Where a copy goes: to a name in a registry, or into a tarball, with a receipt without the layers of that computer. */
export type ForecastTarget = { reference?: string | undefined; receipt?: Receipt | undefined };

/** What a copy would send to a registry or write to a tarball. Moves nothing. */
export function forecastCopy(
  from: CopyFrom,
  { reference, receipt }: ForecastTarget,
  access: Access,
  signal: AbortSignal = new AbortController().signal,
): Promise<CopyForecast> {
  return reference === undefined
    ? forecastFile(from, receipt, access, signal)
    : forecastSending(from, withDefaultTag(reference), access, signal);
}

function forecastFile(from: CopyFrom, receipt: Receipt | undefined, access: Access, signal: AbortSignal): Promise<CopyForecast> {
  const nothing = { known: async () => new Map(), pack: withoutPacking };
  return withContent(forOnePlatform(from), access, nothing, signal, async (content, source) => ({
    ...(await describe(content, from, source, signal)),
    ...(content.images[0] && { platform: content.images[0].platform }),
    ...everything(content, receipt && (await findLeftOut(content, receipt, signal)).digests),
    isAtMost: false,
  }));
}

function forecastSending(from: CopyFrom, target: string, access: Access, signal: AbortSignal): Promise<CopyForecast> {
  return withRepository(
    target,
    access,
    async (repository, tag) => {
      await checkMayPush(repository, signal);
      const registry = await readRegistryFacts(repository, access, signal);
      const there = await repository.findManifest(tag, signal);
      let isAtMost = false;
      const pack: Pack = (layer) => {
        isAtMost = true;
        return withoutPacking(layer);
      };
      const help = { known: (stored: readonly StoredLayer[]) => knownThere(repository, { tag, stored }, signal), pack };
      return withContent(from, access, help, signal, async (content, source) => {
        const replaces = there && there.digest !== content.root.digest ? there.digest : undefined;
        const compared = await compare(content, repository, signal);
        return {
          ...(await describe(content, from, source, signal)),
          ...compared,
          isAtMost,
          target: registry,
          ...(replaces && { replaces }),
        };
      });
    },
    signal,
  );
}

// packing takes too long for a forecast
const withoutPacking = async ({ diffId, size }: { diffId: string; size: number }) => ({ digest: diffId, size });

async function describe(
  { images }: ImageContent,
  from: CopyFrom,
  source: Repository | undefined,
  signal: AbortSignal,
): Promise<{ platforms: PlatformSize[] }> {
  if (from.kind !== 'registry' || !source) return { platforms: images.map(({ platform }) => ({ platform })) };
  // for a list, all its platforms, whichever is chosen now
  const found = await source.manifest(placeOf(from.reference).version, signal);
  const all = await listPlatforms(source, found, false, signal);
  return { platforms: all.map(({ digest: _, ...platform }) => platform) };
}

async function compare(content: ImageContent, repository: Repository, signal: AbortSignal) {
  const limit = pLimit(atOnce);
  const layers = await Promise.all(
    layersOf(content).map((blob) =>
      limit(
        async (): Promise<PushForecastLayer> => ({
          id: shortDigest(blob.digest),
          size: blob.size,
          ...(await locateBlob(blob, repository, signal)),
        }),
      ),
    ),
  );
  return { layers, toSend: layers.reduce((sum, { state, size = 0 }) => sum + (state === 'send' ? size : 0), 0) };
}

async function locateBlob(
  blob: ContentBlob,
  repository: Repository,
  signal: AbortSignal,
): Promise<Pick<PushForecastLayer, 'state' | 'mountedFrom'>> {
  if (await repository.hasBlob(blob, signal)) return { state: 'there-already' };
  const { at } = blob;
  if (at && (await canBeMounted(blob, repository, signal))) return { state: 'mount', mountedFrom: at.repository };
  if (blob.isOnlyThere) throw lacksIt(blob.digest);
  return { state: 'send' };
}

function everything(content: ImageContent, leftOut: ReadonlySet<string> | undefined) {
  const layers = layersOf(content).map(
    ({ digest, size }): PushForecastLayer => ({ id: shortDigest(digest), size, state: leftOut?.has(digest) ? 'there-already' : 'send' }),
  );
  return { layers, toSend: layers.reduce((sum, { size = 0, state }) => sum + (state === 'send' ? size : 0), 0) };
}

const layersOf = ({ blobs }: ImageContent): ContentBlob[] => blobs.filter(({ kind }) => kind === 'layer');
