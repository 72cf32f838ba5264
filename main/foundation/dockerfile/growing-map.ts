/** A map that grows line by line and can show what it held at an earlier line without copying it. */
export class GrowingMap {
  /** The values of each name, in the order they were set. */
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

  /** A view of what it holds now, unaffected by later changes. */
  snapshot(): MapSnapshot {
    const version = this.#version;
    const at = (name: string): string | undefined => this.#values.get(name)?.findLast((one) => one.at <= version)?.value;
    return {
      get: at,
      keys: () => [...this.#values.keys()].filter((name) => at(name) !== undefined),
      entries: () => [...this.#values.keys()].flatMap((name): [string, string][] => [[name, at(name)]].filter(isKnown)),
    };
  }
}

/** What a map held at one moment. */
export type MapSnapshot = {
  get(name: string): string | undefined;
  keys(): string[];
  entries(): [string, string][];
};

const isKnown = (entry: (string | undefined)[]): entry is [string, string] => entry[1] !== undefined;
