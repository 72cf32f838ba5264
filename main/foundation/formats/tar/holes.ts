import { damaged, excessive } from '../refused-archive.ts';
import { blockSize } from './parse-header.ts';

/** Where in a file its next stored bytes belong. */
type Extent = { offset: number; length: number };

/** What pax records say about a file that is stored without its holes (GNU tar's --sparse). */
export type Holes = {
  /** Bytes of the file with its holes; undefined if not recorded. */
  size: number | undefined;
  /** Undefined if they are stored before the file's own bytes. */
  extents: Extent[] | undefined;
};

/** The most bytes of a list of extents, as in Go's reader; no honest one comes near. */
const mostMap = 1024 * 1024;
/** The most bytes of all holes in a tarball. */
const mostHoles = 32 * 1024 ** 3;

/** Undefined unless a version of sparse files is recorded that Go's archive/tar, and so the engine, knows. */
export function holesOf(records: ReadonlyMap<string, string> | undefined): Holes | undefined {
  const version = [records?.get('GNU.sparse.major'), records?.get('GNU.sparse.minor')].join('.');
  const map = records?.get('GNU.sparse.map');
  // before 0.1, no version was recorded
  if (!['0.0', '0.1', '1.0'].includes(version) && !(version === '.' && map)) return undefined;
  const told = records?.get('GNU.sparse.size') || records?.get('GNU.sparse.realsize');
  const numbers = version === '1.0' ? undefined : map ? map.split(',') : [];
  return { size: told ? decimal(told) : undefined, extents: numbers && extentsOf(numbers) };
}

function extentsOf(numbers: string[]): Extent[] {
  if (numbers.length % 2 === 1) throw unclear();
  return Array.from({ length: numbers.length / 2 }, (_, at) => ({
    offset: decimal(numbers[2 * at] ?? ''),
    length: decimal(numbers[2 * at + 1] ?? ''),
  }));
}

function decimal(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw unclear();
  return value;
}

const unclear = () => damaged('the positions of the holes in a file don’t add up');

/** Counts the space that the holes of one tarball take, so that a small file does not become a gigantic one. */
export class HoleLimit {
  #left = mostHoles;

  count(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw excessive('the holes add up to more than 32 gigabytes');
  }
}

/** Fills the holes of one file whose stored bytes arrive piece by piece. Throws a refusal if positions and bytes do not add up. */
export class HoleFiller {
  /** Bytes of the file with its holes. */
  readonly size: number;
  readonly #stored: number;
  readonly #limit: HoleLimit;
  #extents: Extent[] | undefined;
  /** A list of extents that has not fully arrived yet. */
  #map: Buffer = Buffer.alloc(0);
  #next = 0;
  #position = 0;
  #leftOfExtent = 0;

  constructor(size: number, stored: number, extents: Extent[] | undefined, limit: HoleLimit) {
    this.size = size;
    this.#stored = stored;
    this.#limit = limit;
    if (extents) this.#begin(extents, 0);
  }

  *take(bytes: Buffer): Generator<Buffer> {
    let rest = this.#extents ? bytes : this.#takeMap(bytes);
    while (rest.length > 0) {
      if (this.#leftOfExtent === 0) {
        const extent = this.#extents?.[this.#next++];
        if (!extent) throw unclear();
        yield* this.#fillTo(extent.offset);
        this.#leftOfExtent = extent.length;
        continue;
      }
      const piece = rest.subarray(0, this.#leftOfExtent);
      rest = rest.subarray(piece.length);
      this.#leftOfExtent -= piece.length;
      this.#position += piece.length;
      yield piece;
    }
  }

  /** The rest of the file once all its stored bytes have been taken. */
  *end(): Generator<Buffer> {
    if (!this.#extents || this.#leftOfExtent > 0) throw unclear();
    yield* this.#fillTo(this.size);
  }

  // one number per line: how many extents, then their offsets and lengths; the last block is padded
  #takeMap(bytes: Buffer): Buffer {
    this.#map = Buffer.concat([this.#map, bytes]);
    if (this.#map.length > mostMap + bytes.length)
      throw excessive('the list of holes of a single file is longer than a million characters');
    const lines = this.#map.toString('latin1', 0, mostMap).split('\n');
    const wanted = 1 + 2 * (lines.length > 1 ? decimal(lines[0] ?? '') : Number.POSITIVE_INFINITY);
    if (lines.length <= wanted) return nothing;
    const numbers = lines.slice(0, wanted);
    const length = numbers.reduce((sum, line) => sum + line.length + 1, 0);
    const end = Math.ceil(length / blockSize) * blockSize;
    // the whole block has to be here
    if (this.#map.length < end) return nothing;
    this.#begin(extentsOf(numbers.slice(1)), end);
    return this.#map.subarray(end);
  }

  #begin(extents: Extent[], mapSize: number): void {
    let end = 0;
    let stored = mapSize;
    for (const { offset, length } of extents) {
      if (offset < end || offset + length > this.size) throw unclear();
      end = offset + length;
      stored += length;
    }
    if (stored !== this.#stored) throw unclear();
    this.#extents = extents;
  }

  *#fillTo(offset: number): Generator<Buffer> {
    this.#limit.count(offset - this.#position);
    while (this.#position < offset) {
      const piece = zeros.subarray(0, offset - this.#position);
      this.#position += piece.length;
      yield piece;
    }
  }
}

const nothing = Buffer.alloc(0);
const zeros = Buffer.alloc(256 * 1024);
