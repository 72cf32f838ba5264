import type { FreedSpace, ImageList, ImageSummary, RemovalPreview } from '../../../contract/image.ts';
import { readCacheRecords, type StoredBlob } from '../../foundation/buildkit/kept-on-disk.ts';
import { type ListedImage, readImageList } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { joinSizes } from '../../foundation/layers/layer-sizes.ts';
import { type DiskParts, partsOf } from './disk-parts.ts';
import { freedBy } from './freed-by-removal.ts';
import { type Held, heldByCache } from './held-by-cache.ts';
import type { IndexedImage, LayerIndex } from './layer-index.ts';
import { unpackedBytes } from './list-images.ts';
import { blobsOf, type PackedStore, readPackedStore } from './packed-store.ts';

/** What removing the images would take away. Changes nothing. */
export async function previewRemoval(
  engine: Engine,
  index: LayerIndex,
  list: ImageList | undefined,
  ids: string[],
): Promise<RemovalPreview> {
  const images = list?.images ?? [];
  const chosen = images.filter(({ id }) => ids.includes(id));
  // images that a container uses stay
  const going = new Set(chosen.filter(({ usedBy }) => usedBy.length === 0).map(({ id }) => id));
  const indexed = new Map(await Promise.all(images.map(async ({ id }) => [id, await index.get(engine, id)] as const)));
  const freed = await forecastFreed(engine, index, images, indexed, going);
  return {
    images: chosen.map(({ id, references, digests, usedBy }) => ({
      id,
      references,
      digests,
      usedBy,
      childCount: countChildren(
        indexed.get(id)?.diffIds ?? [],
        images.flatMap((image) => (going.has(image.id) ? [] : (indexed.get(image.id) ?? []))),
      ),
    })),
    ...(freed && { freed }),
  };
}

const countChildren = (own: string[], staying: IndexedImage[]): number =>
  staying.filter(({ diffIds }) => own.length > 0 && diffIds.length > own.length && own.every((layer, place) => diffIds[place] === layer))
    .length;

type MaybeIndexed = IndexedImage | undefined;
/** An image with all that it keeps. */
type Kept = { isLeaving: boolean; image: IndexedImage; blobs: readonly StoredBlob[]; parts: DiskParts };

async function forecastFreed(
  engine: Engine,
  index: LayerIndex,
  images: ImageSummary[],
  indexed: ReadonlyMap<string, MaybeIndexed>,
  going: ReadonlySet<string>,
): Promise<FreedSpace | undefined> {
  const store = await readPackedStore(engine);
  if (!store) return undefined;
  // only with containerd's store has the classic builder's step something of its own
  const all = store.size > 0 ? await readImageList(engine, { all: true, manifests: true }) : [];
  const steps = stepsOf(all, going);
  const leavingIds = reallyLeaving(all, new Set([...going, ...steps.map(({ Id }) => Id)]));
  const kept = images.map((image): Kept | undefined => {
    const own = indexed.get(image.id);
    const blobs = blobsOf(store, image.id);
    return own && { isLeaving: leavingIds.has(image.id), image: own, blobs, parts: partsOf(own, blobs, unpackedBytes(engine, image)) };
  });
  if (kept.includes(undefined)) return undefined;
  const known = [...kept.filter((one) => one !== undefined), ...(await keptBySteps(engine, index, store, steps, leavingIds))];
  const leaving = known.filter(({ isLeaving }) => isLeaving);
  const staying = known.filter(({ isLeaving }) => !isLeaving);
  const held = await readHeld(engine, known, store);
  return freedBy(
    leaving.map(({ parts }) => parts),
    staying.map(({ parts }) => parts),
    held,
  );
}

async function keptBySteps(
  engine: Engine,
  index: LayerIndex,
  store: PackedStore,
  steps: ListedImage[],
  leaving: ReadonlySet<string>,
): Promise<Kept[]> {
  const kept = steps.map(async ({ Id, Size, Manifests }): Promise<Kept[]> => {
    const image = await index.get(engine, Id);
    const blobs = blobsOf(store, Id);
    const packed = Manifests.reduce((sum, manifest) => sum + manifest.Size.Content, 0);
    const unpacked = Manifests.length > 0 ? Size - packed : undefined;
    return image ? [{ isLeaving: leaving.has(Id), image, blobs, parts: partsOf(image, blobs, unpacked) }] : [];
  });
  return (await Promise.all(kept)).flat();
}

/** The images without a name that the classic builder made of the steps before these images. */
function stepsOf(all: ListedImage[], ids: ReadonlySet<string>): ListedImage[] {
  const byId = new Map(all.map((image) => [image.Id, image]));
  const found = new Set<ListedImage>();
  for (const id of ids) {
    for (let step = parentOf(byId, id); step && isStep(step) && !found.has(step); step = parentOf(byId, step.Id)) found.add(step);
  }
  return [...found];
}

const parentOf = (byId: ReadonlyMap<string, ListedImage>, id: string) => byId.get(byId.get(id)?.ParentId ?? '');

/** Those from which nothing that stays was made: an image that another one was built on step by step only loses its names. */
function reallyLeaving(all: ListedImage[], ids: Set<string>): Set<string> {
  const leaving = new Set(ids);
  for (let before = Number.POSITIVE_INFINITY; before > leaving.size; ) {
    before = leaving.size;
    for (const { Id, ParentId } of all) if (!leaving.has(Id)) leaving.delete(ParentId);
  }
  return leaving;
}

const isStep = ({ RepoTags, RepoDigests }: ListedImage): boolean => RepoTags.length === 0 && RepoDigests.length === 0;

async function readHeld(engine: Engine, known: Kept[], store: PackedStore): Promise<Held> {
  // Podman has no cache besides images
  if (engine.product === 'Podman') return { surely: new Set(), perhaps: new Set() };
  const users = known.map(({ isLeaving, image: { chains, diffIds }, blobs }) => ({ isLeaving, chains, diffIds, blobs }));
  const sizes = joinSizes(known.flatMap(({ parts }) => parts.sizes));
  try {
    return heldByCache(users, await readCacheRecords(engine), sizes, store.size > 0);
  } catch {
    // without an answer, all of it may be
    return { surely: new Set(), perhaps: new Set(known.flatMap(({ parts }) => parts.names)) };
  }
}
