import type { BuildSummary } from '../../contract/build-record.ts';
import { choiceOf } from '../../contract/clean-up-choice.ts';
import type { CleanUpChoice, CleanUpItem, DiskLook, DiskPart, ImageItem } from '../../contract/disk.ts';
import type { FreedSpace, ImageList } from '../../contract/image.ts';
import { cacheItems } from '../features/disk/cache-items.ts';
import { containerItems } from '../features/disk/container-items.ts';
import { imageItems } from '../features/disk/image-items.ts';
import { orderItems } from '../features/disk/order-items.ts';
import { readNamedTimes } from '../features/disk/read-named-times.ts';
import type { RecentAnswers } from '../features/disk/recent-answers.ts';
import { type DiskLedger, readLedger } from '../features/images/disk-ledger.ts';
import type { Shelf } from '../features/images/shelf.ts';
import { volume } from '../features/local-registry/own-volume.ts';
import { type ListedContainer, readContainerList, readContainerSizes } from '../foundation/engine/answers/container-answers.ts';
import { readVolumeSize } from '../foundation/engine/answers/volume-answers.ts';
import { infoOf } from '../foundation/engine/engine-info.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import { isThere } from '../foundation/files/is-there.ts';

/** Milliseconds of work after which others get a turn. */
const longestStretch = 15;

/** Milliseconds for which sums are good enough that an engine makes file by file. */
const staysTrueFor = 60_000;

/** What the facts are put together with. */
export type DiskParts = {
  builds(): readonly BuildSummary[];
  /** When a container last took an image of this engine, by id. */
  taken: ReadonlyMap<string, number>;
  /** Digests that registries said they have. */
  confirmed: ReadonlySet<string>;
  /** What took this engine long to say. */
  recent: RecentAnswers;
};

/** What one engine keeps on its disk, as it was when its images were last listed. */
export class DiskFacts {
  /** The list that this is about: a newer one needs facts of its own. */
  readonly list: ImageList | undefined;
  readonly #parts: DiskParts;
  readonly #engine: Engine;
  readonly #ledger: Promise<DiskLedger | undefined>;
  readonly #lostFolders: ReadonlySet<string>;
  readonly #digestsTell: boolean;
  #containers: ListedContainer[];
  #read: DiskLedger | undefined;
  #named: ReadonlyMap<string, number> = new Map();
  readonly #freedAlone = new Map<string, FreedSpace>();
  #hasSizes = false;
  #registry: number | undefined;
  readonly #pending = new Set<DiskPart>(['images', 'cache', 'containers', 'registry']);
  readonly #unknown = new Set<DiskPart>();

  /** Reads what the engine tells at once, and begins to read the rest. */
  static async begin({ connection: { engine }, images: { list }, layers }: Shelf, parts: DiskParts): Promise<DiskFacts> {
    const ledger = readLedger(engine, layers, list?.images ?? []).catch(() => undefined);
    const [containers, lost, info] = await Promise.all([readContainerList(engine), readLostFolders(parts.builds()), infoOf(engine)]);
    const digestsTell = engine.product === 'Docker' && info.store === 'unpacked';
    return new DiskFacts(parts, { engine, list, ledger, containers, lost, digestsTell });
  }

  private constructor(
    parts: DiskParts,
    known: {
      engine: Engine;
      list: ImageList | undefined;
      ledger: Promise<DiskLedger | undefined>;
      containers: ListedContainer[];
      lost: ReadonlySet<string>;
      digestsTell: boolean;
    },
  ) {
    this.#parts = parts;
    this.#engine = known.engine;
    this.list = known.list;
    this.#ledger = known.ledger;
    this.#containers = known.containers;
    this.#lostFolders = known.lost;
    this.#digestsTell = known.digestsTell;
  }

  /** Asks for all that takes longer; each promise resolves when there is more to see. */
  readRest(signal: AbortSignal): Promise<void>[] {
    const engine = this.#engine;
    return [
      this.#ask(['images', 'cache'], () => this.#sumEach(signal)),
      this.#ask([], async () => {
        this.#named = await readNamedTimes(engine, this.#unused, signal);
      }),
      this.#ask(['containers'], () => this.readSizes()),
      this.#ask(['registry'], async () => {
        this.#registry = (await this.#parts.recent.get('registry', staysTrueFor, () => readVolumeSize(engine, volume))) ?? 0;
      }),
    ];
  }

  /** Asks what containers wrote. */
  async readSizes(): Promise<void> {
    // those that came, went, started or stopped are asked about at once
    const which = this.#containers.map(({ Id, State }) => `${Id} ${State}`).join(' ');
    this.#containers = await this.#parts.recent.get(`containers ${which}`, staysTrueFor, () => readContainerSizes(this.#engine));
    this.#hasSizes = true;
  }

  get images(): ImageItem[] {
    return imageItems({
      images: this.list?.images ?? [],
      containers: this.#containers,
      builds: this.#parts.builds(),
      lostFolders: this.#lostFolders,
      named: this.#named,
      taken: this.#parts.taken,
      confirmed: this.#parts.confirmed,
      digestsTell: this.#digestsTell,
    });
  }

  /** Everything that may go, the least missed first. */
  get items(): CleanUpItem[] {
    const cache = cacheItems(this.#read?.records ?? [], this.#parts.builds(), Date.now());
    const all: CleanUpItem[] = [...this.images, ...cache, ...(this.#hasSizes ? containerItems(this.#containers) : [])];
    return orderItems(
      all.map((item): CleanUpItem => {
        const freed = item.freed ?? this.#freedAlone.get(item.key);
        return freed ? { ...item, freed } : item;
      }),
    );
  }

  /** What these things free together; undefined if unknown. */
  async freed({ images, records, containers }: CleanUpChoice): Promise<FreedSpace | undefined> {
    const ledger = await this.#ledger;
    const freed = await ledger?.freed({ images: new Set(images.map(({ id }) => id)), records: new Set(records) });
    const chosen = new Set(containers);
    const written = this.#containers.filter(({ Id }) => chosen.has(Id)).map(({ SizeRw }) => SizeRw);
    if (!freed || written.some((size) => typeof size !== 'number')) return undefined;
    return { ...freed, bytes: written.reduce<number>((sum, size) => sum + (size ?? 0), freed.bytes) };
  }

  describe(): DiskLook {
    const images = this.list?.disk?.used;
    return {
      ...(images !== undefined && { images }),
      ...(this.#read?.records && { cache: this.#read.cacheBytes }),
      ...(this.#hasSizes && { containers: this.#containers.reduce((sum, { SizeRw }) => sum + (SizeRw ?? 0), 0) }),
      ...(this.#registry !== undefined && { registry: this.#registry }),
      items: this.items,
      pending: [...this.#pending],
      unknown: [...this.#unknown],
    };
  }

  get #unused(): string[] {
    return (this.list?.images ?? []).filter(({ usedBy }) => usedBy.length === 0).map(({ id }) => id);
  }

  async #ask(parts: DiskPart[], question: () => Promise<void>): Promise<void> {
    try {
      await question();
    } catch {
      for (const part of parts) this.#unknown.add(part);
    }
    for (const part of parts) this.#pending.delete(part);
  }

  async #sumEach(signal: AbortSignal): Promise<void> {
    const ledger = await this.#ledger;
    if (!ledger) throw new Error('some layers are unknown');
    if (!ledger.records) this.#unknown.add('cache');
    this.#read = ledger;
    let last = performance.now();
    for (const item of this.items) {
      if (item.kind === 'container') continue;
      const freed = await this.freed(choiceOf([item]));
      if (freed) this.#freedAlone.set(item.key, freed);
      // with thousands of images, nothing else may wait for them
      if (performance.now() - last < longestStretch) continue;
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      last = performance.now();
    }
  }
}

async function readLostFolders(builds: readonly BuildSummary[]): Promise<ReadonlySet<string>> {
  const folders = [...new Set(builds.map(({ folder }) => folder.path))];
  const there = await Promise.all(folders.map(isThere));
  return new Set(folders.filter((_, at) => !there[at]));
}
