/** A map that grows line by line, and gives out what it held at a line without a copy of it. */
export class GrowingMap {
  /** What each name stood for, in the order in which it was set. */
  readonly #values = new Map<string, { at: number; value: string }[]>();
  #version = 0;

  constructor(before: Iterable<readonly [string, string]> = []) {
    for (const [name, value] of before) this.set(name, value);
  }

  set(name: string, value: string): void {
    this.#version += 1;
    const known = this.#values.get(name);
    if (known) known.push({ at: this.#version, value });
    else this.#values.set(name, [{ at: this.#version, value }]);
  }

  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1)?.value;
  }

  /** What it holds now, whatever is set later. */
  now(): MapOfThen {
    const version = this.#version;
    const at = (name: string): string | undefined => this.#values.get(name)?.findLast((one) => one.at <= version)?.value;
    return {
      get: at,
      keys: () => [...this.#values.keys()].filter((name) => at(name) !== undefined),
      entries: () => [...this.#values.keys()].flatMap((name): [string, string][] => [[name, at(name)]].filter(isKnown)),
    };
  }
}

/** What a map held at some moment. */
export type MapOfThen = {
  get(name: string): string | undefined;
  keys(): string[];
  entries(): [string, string][];
};

const isKnown = (entry: (string | undefined)[]): entry is [string, string] => entry[1] !== undefined;
