import { choiceOf } from '../../contract/clean-up-choice.ts';
import type { CleanUpChoice, CleanUpProposal, DiskLook } from '../../contract/disk.ts';
import type { FreedSpace } from '../../contract/image.ts';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import { chooseItems } from '../features/disk/choose-items.ts';
import type { CleanUpHelp } from '../features/disk/clean-up.ts';
import { confirmDigests } from '../features/disk/confirm-digests.ts';
import { RecentAnswers } from '../features/disk/recent-answers.ts';
import type { ImageUses } from '../features/images/image-uses.ts';
import type { Shelf } from '../features/images/shelf.ts';
import type { AccessFor } from '../features/transfer/access-for.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import { DiskFacts } from './disk-facts.ts';

/** Milliseconds for which a registry’s word that it has something is believed. */
const confirmedFor = 10 * 60_000;

type Parts = { history: Pick<BuildHistory, 'summaries'>; uses: Pick<ImageUses, 'of'>; accessFor: AccessFor };

/** Where the bytes of engines are, what can go, and what that frees. */
export class DiskView {
  readonly #parts: Parts;
  readonly #facts = new WeakMap<Engine, DiskFacts>();
  readonly #recent = new WeakMap<Engine, RecentAnswers>();
  /** Digests that their registries said they have, and when, in milliseconds since 1970. */
  readonly #confirmed = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * What is known at once, then what the engine adds: everything each time. Ends when all is known, or with the signal. `anew`: what took
   * the engine long is asked again, too.
   */
  async *look(shelf: Shelf, signal: AbortSignal, anew = false): AsyncGenerator<DiskLook> {
    if (anew) this.#recent.get(shelf.connection.engine)?.forget();
    const facts = await this.#begin(shelf);
    yield facts.describe();
    const open = new Map(facts.readRest(signal).map((read, at) => [at, read.then(() => at)]));
    while (open.size > 0) {
      open.delete(await Promise.race(open.values()));
      signal.throwIfAborted();
      yield facts.describe();
    }
  }

  /** What these things free together; undefined if unknown. */
  async forecast(shelf: Shelf, choice: CleanUpChoice): Promise<FreedSpace | undefined> {
    return (await this.#known(shelf)).freed(choice);
  }

  /** The items that are least missed and free so many bytes. */
  async propose(shelf: Shelf, bytes: number): Promise<CleanUpProposal> {
    const facts = await this.#known(shelf);
    return chooseItems(facts.items, bytes, (items) => facts.freed(choiceOf(items)));
  }

  /** Asks registries whether they still have these images, those that say they came from there. */
  async confirm(
    { connection: { engine }, images: { list } }: Shelf,
    ids: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const digests = (list?.images ?? []).filter(({ id }) => ids.includes(id)).flatMap((image) => image.digests);
    for (const digest of await confirmDigests(digests, this.#parts.accessFor(engine), signal)) this.#confirmed.set(digest, Date.now());
  }

  /** What a clean-up has to know before anything of this is gone. */
  async account(shelf: Shelf, { images, containers }: CleanUpChoice): Promise<Omit<CleanUpHelp, 'removeImage'>> {
    const facts = await this.#begin(shelf);
    const chosen = new Set(images.map(({ id }) => id));
    const known = new Map(facts.images.filter(({ id }) => chosen.has(id)).map((image) => [image.id, image]));
    // nothing may go before all is read; without sizes, what is freed stays unknown
    if (containers.length > 0) await facts.readSizes().catch(() => {});
    await facts.freed({ images: [], records: [], containers: [] });
    return { images: known, freed: (choice) => facts.freed(choice) };
  }

  // what a registry had an hour ago may be gone by now
  get #stillConfirmed(): ReadonlySet<string> {
    const since = Date.now() - confirmedFor;
    return new Set([...this.#confirmed].flatMap(([digest, at]) => (at > since ? [digest] : [])));
  }

  async #known(shelf: Shelf): Promise<DiskFacts> {
    const known = this.#facts.get(shelf.connection.engine);
    return known && known.list === shelf.images.list ? known : this.#begin(shelf);
  }

  async #begin(shelf: Shelf): Promise<DiskFacts> {
    const { engine } = shelf.connection;
    const recent = this.#recent.get(engine) ?? new RecentAnswers();
    this.#recent.set(engine, recent);
    const taken = await this.#parts.uses.of(engine);
    const builds = () => this.#parts.history.summaries;
    const facts = await DiskFacts.begin(shelf, { builds, taken, confirmed: this.#stillConfirmed, recent });
    this.#facts.set(engine, facts);
    return facts;
  }
}
