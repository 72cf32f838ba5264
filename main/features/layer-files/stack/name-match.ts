import { bytesOf } from '../../../foundation/formats/name-bytes.ts';

/** Finds a part of a name, capital letters or not. */
export class NameMatch {
  readonly #text: string;
  readonly #bytes: Uint8Array;
  /** Letters that aren't ASCII have capitals that only text knows. */
  readonly #isAscii: boolean;

  constructor(text: string) {
    this.#text = text.toLowerCase();
    this.#bytes = bytesOf(this.#text);
    this.#isAscii = this.#bytes.every((byte) => byte < 0x80);
  }

  isIn(name: Uint8Array): boolean {
    return this.#isAscii ? this.#isInBytes(name) : Buffer.from(name).toString().toLowerCase().includes(this.#text);
  }

  #isInBytes(name: Uint8Array): boolean {
    const wanted = this.#bytes;
    for (let start = 0; start <= name.length - wanted.length; start++) {
      let at = 0;
      while (at < wanted.length && lowered(name[start + at] ?? 0) === wanted[at]) at++;
      if (at === wanted.length) return true;
    }
    return false;
  }
}

const lowered = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
