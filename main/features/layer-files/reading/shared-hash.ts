import { createHash } from 'node:crypto';
import type { WholeHash } from '../index/layer-reader.ts';

// A layer is digested as a whole and file by file, which takes as long as all else about it. So another thread does the former, and
// gets the bytes through memory that both have: nothing is sent for them, and neither waits while the other is fast enough.

const slots = 8;
/** Bytes of a slot. */
const slotSize = 512 * 1024;
/** Milliseconds without a sign of the other thread, after which it is given up. */
const patience = 30_000;

/** Places in the control numbers: slots that were filled, slots that were read, digests that are ready, and whether all is over. */
const [filled, read, digests, over] = [0, 1, 2, 3];
/** Stand in the place of a slot's length. */
const [endOfLayer, newLayer] = [-1, -2];

const controlBytes = 64;
const lengthBytes = 4 * slots;
const digestBytes = 32;

/** Memory for a reader and a thread that digests for it. */
export const makeHashMemory = (): SharedArrayBuffer => new SharedArrayBuffer(controlBytes + lengthBytes + digestBytes + slots * slotSize);

function partsOf(memory: SharedArrayBuffer) {
  return {
    control: new Int32Array(memory, 0, controlBytes / 4),
    lengths: new Int32Array(memory, controlBytes, slots),
    digest: new Uint8Array(memory, controlBytes + lengthBytes, digestBytes),
    slot: (at: number) => new Uint8Array(memory, controlBytes + lengthBytes + digestBytes + (at % slots) * slotSize, slotSize),
  };
}

/** Ends the thread that digests. Any thread may call it. */
export function endHashing(memory: SharedArrayBuffer): void {
  const { control } = partsOf(memory);
  Atomics.store(control, over, 1);
  Atomics.notify(control, filled);
}

/** The reader's side. It waits, and so belongs into a thread; one layer comes after another. */
export class SharedHash implements WholeHash {
  readonly #parts: ReturnType<typeof partsOf>;
  #slot: Uint8Array;
  #length = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#parts = partsOf(memory);
    this.#slot = this.#parts.slot(this.#filled);
  }

  /** Forgets a layer that was not read to its end. */
  begin(): this {
    this.#length = 0;
    this.#fill(newLayer);
    return this;
  }

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + slotSize - this.#length);
      this.#slot.set(part, this.#length);
      this.#length += part.length;
      at += part.length;
      if (this.#length === slotSize) this.#fill(slotSize);
    }
  }

  digest(): Buffer {
    const { control, digest } = this.#parts;
    if (this.#length > 0) this.#fill(this.#length);
    const before = Atomics.load(control, digests);
    this.#fill(endOfLayer);
    this.#waitWhile(digests, before);
    return Buffer.from(Uint8Array.from(digest));
  }

  get #filled(): number {
    return Atomics.load(this.#parts.control, filled);
  }

  /** Hands over a slot, and waits until the next one is free. */
  #fill(length: number): void {
    const { control, lengths, slot } = this.#parts;
    lengths[this.#filled % slots] = length;
    Atomics.add(control, filled, 1);
    Atomics.notify(control, filled);
    for (let done = Atomics.load(control, read); this.#filled - done >= slots; done = Atomics.load(control, read))
      this.#waitWhile(read, done);
    this.#slot = slot(this.#filled);
    this.#length = 0;
  }

  #waitWhile(place: number, value: number): void {
    if (Atomics.wait(this.#parts.control, place, value, patience) === 'timed-out') throw new Error('the thread that digests layers hangs');
  }
}

/** The other side: digests until all is over. */
export function digestShared(memory: SharedArrayBuffer): void {
  const { control, lengths, digest, slot } = partsOf(memory);
  let hash = createHash('sha256');
  for (let done = 0; ; done++) {
    while (Atomics.load(control, filled) === done) {
      if (Atomics.load(control, over) === 1) return;
      Atomics.wait(control, filled, done);
    }
    const length = lengths[done % slots] ?? 0;
    if (length >= 0) hash.update(slot(done).subarray(0, length));
    else {
      if (length === endOfLayer) {
        digest.set(hash.digest());
        Atomics.add(control, digests, 1);
        Atomics.notify(control, digests);
      }
      hash = createHash('sha256');
    }
    Atomics.store(control, read, done + 1);
    Atomics.notify(control, read);
  }
}
