import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

/** A layer as the engine has met it in a registry. */
export type KnownBlob = {
  /** Of the packed layer. */
  digest: string;
  registry: string;
  repository: string;
};

/** Layers remembered of all engines together; the oldest go first. */
const most = 20_000;

const Kept = z.array(
  z.object({
    engine: z.string(),
    diffId: z.string(),
    digest: z.string(),
    registry: z.string(),
    repository: z.string(),
    /** The image it was learnt from: `registry/repository@digest`. */
    from: z.string(),
  }),
);
type Kept = z.infer<typeof Kept>[number];

/**
 * Which engine has met which layer where, kept over restarts: an engine remembers it even when the image is long removed,
 * and tells nobody.
 */
export class MetLayers {
  readonly #kept = new Map<string, Kept>();
  readonly #file: string | undefined;
  #written: Promise<void> = Promise.resolve();
  #isWaiting = false;

  /** Without a file nothing outlives the app. */
  constructor(file?: string) {
    this.#file = file;
  }

  async load(): Promise<void> {
    if (!this.#file) return;
    try {
      for (const one of Kept.parse(JSON.parse(await readFile(this.#file, 'utf8')))) this.#kept.set(keyOf(one), one);
    } catch {
      // first start, or a file that somebody broke
    }
  }

  /** Where an engine has met each of some layers, by unpacked digest. */
  of(engine: string, diffIds: ReadonlySet<string>): Map<string, KnownBlob[]> {
    const met = new Map<string, KnownBlob[]>();
    for (const one of this.#kept.values()) {
      if (one.engine === engine && diffIds.has(one.diffId)) met.set(one.diffId, [...(met.get(one.diffId) ?? []), one]);
    }
    return met;
  }

  /** Whether an image in a registry, by name and digest, was learnt from before. */
  hasLearnt(engine: string, from: string): boolean {
    return [...this.#kept.values()].some((one) => one.engine === engine && one.from === from);
  }

  add(met: Kept): void {
    const key = keyOf(met);
    const isNew = !this.#kept.delete(key);
    this.#kept.set(key, met);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > most) this.#kept.delete(oldest);
    if (isNew) this.#writeSoon();
  }

  /** Resolves when everything is on the disk. */
  close(): Promise<void> {
    return this.#written;
  }

  // a push brings many at once: one writing takes them all
  #writeSoon(): void {
    const file = this.#file;
    if (this.#isWaiting || !file) return;
    this.#isWaiting = true;
    this.#written = this.#written
      .then(async () => {
        await mkdir(dirname(file), { recursive: true });
        this.#isWaiting = false;
        await writeFile(`${file}.part`, JSON.stringify([...this.#kept.values()]));
        await rename(`${file}.part`, file);
      })
      .catch(() => {}); // only a forecast gets less sure
  }
}

const keyOf = ({ engine, diffId, from }: Kept): string => [engine, diffId, from].join(' ');
