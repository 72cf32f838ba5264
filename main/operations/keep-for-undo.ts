import type { Settings } from '../../contract/settings.ts';
import { chooseKept } from '../features/images/choose-kept.ts';
import { readLedger } from '../features/images/disk-ledger.ts';
import { keepImage, letGo } from '../features/images/keep-image.ts';
import type { Shelf } from '../features/images/shelf.ts';
import type { TagMoves } from '../features/tag-moves/tag-moves.ts';

/** Milliseconds to wait after a change, as more of them may follow. */
const pause = 500;
const day = 86_400_000;

type Parts = { settings(): Settings; tagMoves: Pick<TagMoves, 'left'> };

/**
 * Keeps images that a tag has left by private names, within the budget of bytes that a person chose, and takes the names away again from
 * those that have a name of their own, that are too old, or that newer ones leave no room for. Deletes nothing.
 */
export class KeepForUndo {
  readonly #parts: Parts;
  readonly #waiting = new Map<Shelf, NodeJS.Timeout>();
  readonly #running = new Map<Shelf, Promise<void>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Something has changed that may matter. */
  touch(shelf: Shelf): void {
    if (this.#waiting.has(shelf) || !this.#hasWork(shelf)) return;
    this.#waiting.set(
      shelf,
      setTimeout(() => {
        this.#waiting.delete(shelf);
        const before = this.#running.get(shelf) ?? Promise.resolve();
        // what fails now is tried at the next change
        this.#running.set(
          shelf,
          before.then(() => this.#balance(shelf)).catch(() => {}),
        );
      }, pause),
    );
  }

  /** Resolves when nothing is being done any more. */
  async close(): Promise<void> {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    await Promise.all(this.#running.values());
  }

  #hasWork({ images: { list } }: Shelf): boolean {
    return this.#parts.settings().undoBytes > 0 || (list?.images.some(({ keptUntil }) => keptUntil !== undefined) ?? false);
  }

  async #balance({ connection, images, layers }: Shelf): Promise<void> {
    const engine = connection.current;
    const list = images.list?.images;
    const { undoBytes, tagDays } = this.#parts.settings();
    if (!engine || !list) return;
    const left = undoBytes > 0 ? await this.#parts.tagMoves.left(engine) : [];
    const byId = new Map(list.map((image) => [image.id, image]));
    const candidates = left.flatMap(({ image: id, at }) => {
      const image = byId.get(id);
      // what has a name, or a container, goes with no pruning
      return image && image.references.length === 0 && image.usedBy.length === 0 ? [{ id, size: image.size, at }] : [];
    });
    const ledger = candidates.length > 0 ? await readLedger(engine, layers, list) : undefined;
    const chosen = new Set(await chooseKept(candidates, undoBytes, async (ids) => (await ledger?.freed({ images: new Set(ids) }))?.bytes));
    const named = list.find(({ references }) => references.length > 0)?.id;
    for (const { id, keptUntil } of list) if (keptUntil !== undefined && !chosen.has(id)) await letGo(engine, id, named);
    for (const { id, at } of candidates) {
      const until = at + tagDays * day;
      if (chosen.has(id) && !isSameDay(byId.get(id)?.keptUntil, until)) await keepImage(engine, id, until);
    }
  }
}

// a private name says the day
const isSameDay = (kept: number | undefined, until: number): boolean =>
  kept !== undefined && Math.floor(kept / day) === Math.floor(until / day);
