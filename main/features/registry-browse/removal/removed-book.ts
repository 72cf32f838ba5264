import type { FoundManifest } from '../../../foundation/registries/repository.ts';

export type RemovedTag = Pick<FoundManifest, 'digest' | 'mediaType' | 'bytes'> & {
  tag: string;
  isList: boolean;
  /** What the tag leads to now, if it could neither be removed nor led back. */
  placeholder?: string;
};
export type Removed = { registry: string; repository: string; tags: RemovedTag[] };

/** How many bytes of manifests are kept for putting them back; each has a few thousand. */
const most = 64 * 1024 * 1024;

/** What was removed while the app runs, by the task that did it: a registry forgets a manifest at once, and its layers only when it collects. */
export class RemovedBook {
  readonly #removed = new Map<string, Removed>();

  add(task: string, removed: Removed): void {
    this.#removed.set(task, removed);
    for (const oldest of this.#removed.keys()) {
      if (this.#size() <= most) return;
      this.#removed.delete(oldest);
    }
  }

  get(task: string): Removed | undefined {
    return this.#removed.get(task);
  }

  #size(): number {
    // tags of one image share its bytes
    const all = new Set([...this.#removed.values()].flatMap(({ tags }) => tags.map(({ bytes }) => bytes)));
    return [...all].reduce((sum, { length }) => sum + length, 0);
  }
}
