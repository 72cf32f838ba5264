type Numbers = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Numbers of one kind that become more: a tenth of what the same numbers take in objects. */
export class Growing<T extends Numbers> {
  #all: T;
  readonly #make: (length: number) => T;

  /** `make` is given how many there is to be room for; what it makes holds zeros. */
  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#all = make(64);
  }

  at(place: number): number {
    return this.#all[place] ?? 0;
  }

  set(place: number, value: number): void {
    this.room(place + 1);
    this.#all[place] = value;
  }

  /** All of them, which others may read until more are added. */
  get all(): T {
    return this.#all;
  }

  /** Makes room for that many. */
  room(length: number): void {
    if (length <= this.#all.length) return;
    const more = this.#make(Math.max(length, this.#all.length * 2));
    more.set(this.#all as never);
    this.#all = more;
  }
}

export const growingBytes = () => new Growing((length) => new Uint8Array(length));
export const growingShorts = () => new Growing((length) => new Uint16Array(length));
export const growingWords = () => new Growing((length) => new Uint32Array(length));
export const growingNumbers = () => new Growing((length) => new Float64Array(length));
