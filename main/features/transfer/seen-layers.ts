import * as z from 'zod';
import { JsonFile } from '../../foundation/files/json-file.ts';

/** A packed layer that the engine has seen in a registry. */
export type KnownBlob = {
  /** The packed layer's digest. */
  digest: string;
  registry: string;
  repository: string;
  /** The image it was learned from: `registry/repository@digest`. */
  from: string;
};

/** The most layers to remember for all engines together; the oldest go first. */
const most = 20_000;

const KeptLayers = z.array(
  z.object({
    engine: z.string(),
    diffId: z.string(),
    digest: z.string(),
    registry: z.string(),
    repository: z.string(),
    /** The image it was learned from: `registry/repository@digest`. */
    from: z.string(),
  }),
);
type Kept = z.infer<typeof KeptLayers>[number];

/**
 * Which engine has seen which layer where, stored across restarts: an engine remembers this long after the image is removed, but
 * tells nobody.
 */
export class SeenLayers {
  readonly #kept = new Map<string, Kept>();
  readonly #file: JsonFile<Kept[]> | undefined;

  /** Without a file nothing is kept when the app quits. */
  constructor(file?: string) {
    this.#file = file === undefined ? undefined : new JsonFile(file, KeptLayers);
  }

  async load(): Promise<void> {
    for (const one of (await this.#file?.read()) ?? []) this.#kept.set(keyOf(one), one);
  }

  /** Where an engine has seen the given layers, by unpacked digest. */
  of(engine: string, diffIds: ReadonlySet<string>): Map<string, KnownBlob[]> {
    const met = new Map<string, KnownBlob[]>();
    for (const one of this.#kept.values()) {
      if (one.engine === engine && diffIds.has(one.diffId)) met.set(one.diffId, [...(met.get(one.diffId) ?? []), one]);
    }
    return met;
  }

  /** Whether layers were learned from an image in a registry, given by name and digest. */
  hasLearnedFrom(engine: string, from: string): boolean {
    return [...this.#kept.values()].some((one) => one.engine === engine && one.from === from);
  }

  add(met: Kept): void {
    const key = keyOf(met);
    const isNew = !this.#kept.delete(key);
    this.#kept.set(key, met);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > most) this.#kept.delete(oldest);
    if (isNew) this.#file?.write(() => [...this.#kept.values()]).catch(() => {}); // it only makes a forecast less certain
  }

  /** Resolves when everything is on disk. */
  async close(): Promise<void> {
    await this.#file?.settled();
  }
}

const keyOf = ({ engine, diffId, from }: Kept): string => [engine, diffId, from].join(' ');
