import type { Failure } from '../../../../contract/failure.ts';
import type { TagAnswer, TagDetails } from '../../../../contract/registry-browse.ts';
import { failureOf } from '../../../connection/failure-of.ts';

/** What is known of a tag. */
export type KnownTag = { details: TagDetails } | { isGone: true } | { failure: Failure };

type Ask = (tags: string[], signal: AbortSignal) => Promise<AsyncIterable<TagAnswer[]>>;

/** Milliseconds to wait for the end of a scroll. */
const pause = 60;
/** As many as main takes at once. */
const atOnce = 100;
/** How many siblings are named. */
const mostNamed = 4;
/** How many tags are kept; who scrolls back over more reads them anew. */
const mostKept = 5000;

/** Reads what is under tags while they are in sight. What is no longer in sight is no longer asked for. */
export class TagReader {
  readonly #ask: Ask;
  readonly #known = new Map<string, KnownTag>();
  readonly #byDigest = new Map<string, Set<string>>();
  readonly #listeners = new Set<() => void>();
  #wanted: string[] = [];
  /** Those that are asked about when nothing in sight has to be. */
  #rest: string[] = [];
  #running: { pending: Set<string>; stop: AbortController } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #version = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Grows with everything that becomes known. */
  readonly version = (): number => this.#version;

  get(tag: string): KnownTag | undefined {
    return this.#known.get(tag);
  }

  /** Tags beside these that are known to lead to the same image, the first few of them by name. */
  siblings(tags: readonly string[], digest: string): { named: string[]; more: number } {
    const all = this.#byDigest.get(digest) ?? new Set();
    const named: string[] = [];
    for (const other of all) {
      if (!tags.includes(other)) named.push(other);
      if (named.length === mostNamed) break;
    }
    return { named, more: Math.max(0, all.size - tags.filter((tag) => all.has(tag)).length - named.length) };
  }

  /** Asks for the tags that are in sight, in place of those that were. */
  want(tags: readonly string[]): void {
    this.#wanted = tags.filter((tag) => !this.#known.has(tag));
    const { pending, stop } = this.#running ?? {};
    const stillWanted = this.#wanted.filter((tag) => pending?.has(tag)).length;
    // a scroll by a line or two isn't worth beginning anew
    if (pending && stillWanted * 2 < pending.size) {
      stop?.abort();
      this.#running = undefined;
    }
    this.#begin();
  }

  /** Asks for all of these, too, after what is in sight; none ends that. */
  wantAll(tags: readonly string[]): void {
    this.#rest = tags.filter((tag) => !this.#known.has(tag));
    this.#begin();
  }

  /** Forgets what is known of tags, all of them if none is named, so that they are asked about again. */
  forget(tags: readonly string[] = [...this.#known.keys()]): void {
    for (const tag of tags) this.#drop(tag);
    this.#tell();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running?.stop.abort();
    this.#running = undefined;
    this.#wanted = [];
    this.#rest = [];
  }

  #begin(): void {
    if (this.#running || this.#timer !== undefined || (this.#wanted.length === 0 && this.#rest.length === 0)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#read((this.#wanted.length > 0 ? this.#wanted : this.#rest).slice(0, atOnce));
    }, pause);
  }

  async #read(tags: string[]): Promise<void> {
    if (tags.length === 0) return;
    const running = { pending: new Set(tags), stop: new AbortController() };
    this.#running = running;
    const { signal } = running.stop;
    const keep = (tag: string, known: KnownTag) => {
      running.pending.delete(tag);
      this.#keep(tag, known);
    };
    try {
      for await (const answers of await this.#ask(tags, signal)) {
        if (signal.aborted) return;
        for (const { tag, ...known } of answers) keep(tag, known);
        this.#tell();
      }
    } catch (error) {
      if (signal.aborted) return;
      for (const tag of running.pending) keep(tag, { failure: failureOf(error) });
      this.#tell();
    }
    if (signal.aborted) return;
    this.#running = undefined;
    this.#wanted = this.#wanted.filter((tag) => !this.#known.has(tag));
    this.#rest = this.#rest.filter((tag) => !this.#known.has(tag));
    this.#begin();
  }

  #keep(tag: string, known: KnownTag): void {
    this.#drop(tag);
    this.#known.set(tag, known);
    if ('details' in known) {
      const tags = this.#byDigest.get(known.details.digest) ?? new Set();
      this.#byDigest.set(known.details.digest, tags.add(tag));
    }
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKept && oldest !== undefined) this.#drop(oldest);
  }

  #drop(tag: string): void {
    const known = this.#known.get(tag);
    this.#known.delete(tag);
    if (!known || !('details' in known)) return;
    const tags = this.#byDigest.get(known.details.digest);
    tags?.delete(tag);
    if (tags?.size === 0) this.#byDigest.delete(known.details.digest);
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
