import type { FreedSpace, ImageSummary } from '../../../contract/image.ts';
import { type DescribedRecord, readCacheRecords, type StoredBlob } from '../../foundation/buildkit/kept-on-disk.ts';
import { type ListedImage, readImageList } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { joinSizes, type LayerSizes } from '../../foundation/layers/layer-sizes.ts';
import { bytesOfRecords, removableOf } from './bytes-of-records.ts';
import { countKeepers, type DiskParts, partsOf } from './disk-parts.ts';
import { freedBy } from './freed-by-removal.ts';
import { type Held, type HeldBy, heldByCache } from './held-by-cache.ts';
import type { IndexedImage, LayerIndex } from './layer-index.ts';
import { unpackedBytes } from './list-images.ts';
import { blobsOf, type PackedStore, readPackedStore } from './packed-store.ts';

/** An image with all that it keeps. */
type Kept = { id: string; chains: string[]; diffIds: string[]; blobs: readonly StoredBlob[]; parts: DiskParts };

/** What would go: images by id, and records of BuildKit's cache. */
export type Leaving = { images: ReadonlySet<string>; records?: ReadonlySet<string> };

/** What an engine keeps on its disk at one moment, and so what it would free. */
export type DiskLedger = {
  /** Of BuildKit's cache; undefined if the engine did not say. Podman has none besides images. */
  records: readonly DescribedRecord[] | undefined;
  /** Bytes of the cache that no image has; at most, where it isn't told which images share. */
  cacheBytes: number;
  /** What the disk gets back, each byte counted once; undefined if unknown. */
  freed(leaving: Leaving): Promise<FreedSpace | undefined>;
};

/** Reads what the engine keeps of these images and of BuildKit's cache. Undefined if some layers are unknown. */
export async function readLedger(engine: Engine, index: LayerIndex, images: readonly ImageSummary[]): Promise<DiskLedger | undefined> {
  const [store, records] = await Promise.all([readPackedStore(engine), readRecords(engine)]);
  if (!store) return undefined;
  const kept = await Promise.all(
    images.map(async (image) => {
      const own = await index.get(engine, image.id);
      return own && keptOf(image.id, own, blobsOf(store, image.id), unpackedBytes(engine, image));
    }),
  );
  const known = kept.filter((one) => one !== undefined);
  if (known.length < kept.length) return undefined;
  // only with containerd's store has the classic builder's step something of its own
  const all = store.size > 0 ? await readImageList(engine, { all: true, manifests: true }) : [];
  return new Ledger(known, records, new Steps(engine, index, store, all), store.size > 0);
}

// Podman has no cache besides images
const readRecords = async (engine: Engine): Promise<DescribedRecord[] | undefined> =>
  engine.product === 'Podman' ? [] : readCacheRecords(engine).catch(() => undefined);

const keptOf = (id: string, image: IndexedImage, blobs: readonly StoredBlob[], unpacked: number | undefined): Kept => ({
  id,
  chains: image.chains,
  diffIds: image.diffIds,
  blobs,
  parts: partsOf(image, blobs, unpacked),
});

class Ledger implements DiskLedger {
  readonly records: readonly DescribedRecord[] | undefined;
  readonly #images: Map<string, Kept>;
  readonly #steps: Steps;
  readonly #isPacked: boolean;
  readonly #keepers: Map<string, number>;
  readonly #sizes: LayerSizes;
  readonly #heldByAll: HeldBy<Kept> | undefined;

  constructor(images: readonly Kept[], records: readonly DescribedRecord[] | undefined, steps: Steps, isPacked: boolean) {
    this.records = records;
    this.#images = new Map(images.map((image) => [image.id, image]));
    this.#steps = steps;
    this.#isPacked = isPacked;
    this.#keepers = countKeepers(images.map(({ parts }) => parts));
    this.#sizes = joinSizes(images.flatMap(({ parts }) => parts.sizes));
    this.#heldByAll = records && heldByCache(images, records, this.#sizes, isPacked);
  }

  get cacheBytes(): number {
    const all = new Set(this.records?.map(({ id }) => id));
    const around = { users: [...this.#images.values()], sizes: this.#sizes, isPacked: this.#isPacked };
    return bytesOfRecords(
      (this.records ?? []).map((record) => ({ ...record, isInUse: false })),
      all,
      around,
    ).bytes;
  }

  async freed({ images, records: chosen = none }: Leaving): Promise<FreedSpace | undefined> {
    // what stays for the sake of others goes on holding layers
    const going = removableOf(this.records ?? [], chosen);
    const { leaving, staying } = await this.#leaving(images);
    const steps = [...leaving, ...staying].filter(({ id }) => !this.#images.has(id));
    const sizes = steps.length === 0 ? this.#sizes : joinSizes([...this.#images.values(), ...steps].flatMap(({ parts }) => parts.sizes));
    const left = this.records?.filter(({ id }) => !going.has(id));
    const isAsRead = steps.length === 0 && going.size === 0;
    const heldBy = isAsRead ? this.#heldByAll : left && heldByCache([...this.#images.values(), ...steps], left, sizes, this.#isPacked);
    const freed = freedBy(
      leaving.map(({ parts }) => parts),
      this.#neededWithout(leaving, staying),
      sizes,
      heldBy?.(new Set(leaving)) ?? allPerhaps(leaving),
    );
    if (going.size === 0 || !freed) return freed;
    const cache = bytesOfRecords(this.records ?? [], going, {
      users: [...this.#images.values(), ...steps],
      sizes,
      isPacked: this.#isPacked,
    });
    return { ...freed, bytes: freed.bytes + cache.bytes, ...(cache.isAtMost && { isAtMost: true }) };
  }

  /** What really goes with these images, steps included, and the steps that stay. */
  async #leaving(images: ReadonlySet<string>): Promise<{ leaving: Kept[]; staying: Kept[] }> {
    const { steps, along } = await this.#steps.of(images);
    const ids = this.#steps.reallyLeaving(new Set([...images, ...along]));
    const named = [...images].flatMap((id) => this.#images.get(id) ?? []);
    return {
      leaving: [...named, ...steps].filter(({ id }) => ids.has(id)),
      staying: [...named, ...steps].filter(({ id }) => !ids.has(id)),
    };
  }

  /** Whether something else than these keeps a part. */
  #neededWithout(leaving: readonly Kept[], staying: readonly Kept[]): (name: string) => boolean {
    const leaves = countKeepers(leaving.filter(({ id }) => this.#images.has(id)).map(({ parts }) => parts));
    const stays = new Set(staying.flatMap(({ parts }) => parts.names));
    return (name) => (this.#keepers.get(name) ?? 0) > (leaves.get(name) ?? 0) || stays.has(name);
  }
}

const none: ReadonlySet<string> = new Set();

// without an answer, the cache may keep all of it
const allPerhaps = (leaving: readonly Kept[]): Held => ({
  surely: new Set(),
  perhaps: new Set(leaving.flatMap(({ parts }) => parts.names)),
});

/** The images without a name that the classic builder made of the steps before others; read when they are asked for. */
class Steps {
  readonly #engine: Engine;
  readonly #index: LayerIndex;
  readonly #store: PackedStore;
  readonly #byId: Map<string, ListedImage>;

  constructor(engine: Engine, index: LayerIndex, store: PackedStore, all: readonly ListedImage[]) {
    this.#engine = engine;
    this.#index = index;
    this.#store = store;
    this.#byId = new Map(all.map((image) => [image.Id, image]));
  }

  /**
   * Those before these images, and the ids of those that the engine removes along: of an image whose line of steps was broken, as by a
   * prune, it removes none.
   */
  async of(images: ReadonlySet<string>): Promise<{ steps: Kept[]; along: Set<string> }> {
    const found = new Set<ListedImage>();
    const along = new Set<string>();
    for (const id of images) {
      const { ancestors, isWhole } = this.#lineOf(id);
      for (const step of ancestors) {
        if (!isStep(step)) break;
        found.add(step);
        if (isWhole) along.add(step.Id);
      }
    }
    return { steps: (await Promise.all([...found].map((step) => this.#read(step)))).flat(), along };
  }

  /** Those from which nothing that stays was made: an image that another one was built on step by step only loses its names. */
  reallyLeaving(ids: Set<string>): Set<string> {
    const leaving = new Set(ids);
    for (let before = Number.POSITIVE_INFINITY; before > leaving.size; ) {
      before = leaving.size;
      for (const { Id, ParentId } of this.#byId.values()) if (!leaving.has(Id)) leaving.delete(ParentId);
    }
    return leaving;
  }

  /** What an image was made from, the nearest first, and whether all of that is still there. */
  #lineOf(id: string): { ancestors: ListedImage[]; isWhole: boolean } {
    const ancestors: ListedImage[] = [];
    for (let parent = this.#byId.get(id)?.ParentId; parent; parent = ancestors.at(-1)?.ParentId) {
      const image = this.#byId.get(parent);
      if (!image || ancestors.includes(image)) return { ancestors, isWhole: false };
      ancestors.push(image);
    }
    return { ancestors, isWhole: true };
  }

  async #read({ Id, Size, Manifests }: ListedImage): Promise<Kept[]> {
    const image = await this.#index.get(this.#engine, Id);
    const packed = Manifests.reduce((sum, manifest) => sum + manifest.Size.Content, 0);
    return image ? [keptOf(Id, image, blobsOf(this.#store, Id), Manifests.length > 0 ? Size - packed : undefined)] : [];
  }
}

const isStep = ({ RepoTags, RepoDigests }: ListedImage): boolean => RepoTags.length === 0 && RepoDigests.length === 0;
