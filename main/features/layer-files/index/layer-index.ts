import { crc32 } from 'node:zlib';
import type { KeptColumns } from './kept-bodies.ts';
import { none, PathTree, type TreeColumns } from './path-tree.ts';

/** What a node of a layer is, as bits. */
export const marks = {
  /** Hides what is at its place in the layers below. */
  hides: 1,
  /** Hides what is in its folder in the layers below. */
  hidesContent: 2,
  /** A folder that no member names; it is as it was below, or has the engine's own mode and owner. */
  isImplied: 4,
} as const;

export const fileKinds = ['file', 'folder', 'symlink', 'character-device', 'block-device', 'fifo', 'link-below'] as const;
/** `link-below` is a hard link to a file of a layer below. */
export type FileKind = (typeof fileKinds)[number];

/** One for each node. */
type NodeColumns = {
  /** The number of the file behind the name, of which several names may have the same; `none` if there is none. */
  files: Uint32Array;
  marks: Uint8Array;
  /** Blocks of 512 bytes that its headers take in the tarball. */
  headers: Uint16Array;
};

/** One for each file (in the sense of an inode: also folders, links and devices). */
export type FileColumns = {
  kinds: Uint8Array;
  modes: Uint16Array;
  uids: Uint32Array;
  gids: Uint32Array;
  sizes: Float64Array;
  /** Seconds since 1970. */
  times: Float64Array;
  /** Where its bytes begin in the unpacked layer. */
  offsets: Float64Array;
  /** SHA-256 of its bytes, 32 bytes each; zeros for what has none. */
  digests: Uint8Array;
  /** Where its text ends in `texts`, which begins where the one before ends: what a link leads to, or `8:1` for a device. */
  textEnds: Uint32Array;
  texts: Uint8Array;
  /** Where its extended attributes end in `attributes`: JSON, values in base64. */
  attributeEnds: Uint32Array;
  attributes: Uint8Array;
};

type LayerFacts = {
  /** Bytes of the unpacked tarball, in a column of one; 0 if nobody has seen it. */
  tarball: Float64Array;
  /** For a layer whose files were told by a list: where each ends in the packed layer, in which its offset is then, too. Else empty. */
  ends: Float64Array;
};

export type LayerColumns = TreeColumns & NodeColumns & FileColumns & LayerFacts & KeptColumns;

const types: { [Name in keyof LayerColumns]: { new (buffer: ArrayBuffer, offset: number, length: number): LayerColumns[Name] } } = {
  tarball: Float64Array,
  ends: Float64Array,
  sizes: Float64Array,
  times: Float64Array,
  offsets: Float64Array,
  parents: Uint32Array,
  nameEnds: Uint32Array,
  files: Uint32Array,
  uids: Uint32Array,
  gids: Uint32Array,
  textEnds: Uint32Array,
  attributeEnds: Uint32Array,
  keptFiles: Uint32Array,
  keptEnds: Uint32Array,
  headers: Uint16Array,
  modes: Uint16Array,
  names: Uint8Array,
  marks: Uint8Array,
  kinds: Uint8Array,
  digests: Uint8Array,
  texts: Uint8Array,
  attributes: Uint8Array,
  kept: Uint8Array,
};
const names = Object.keys(types) as (keyof LayerColumns)[];

/** Everything a layer says about its files, as columns of numbers. It is never changed. */
export class LayerIndex {
  readonly columns: LayerColumns;

  constructor(columns: LayerColumns) {
    this.columns = columns;
  }

  /** How many nodes there are, with the root. */
  get count(): number {
    return this.columns.parents.length;
  }

  get fileCount(): number {
    return this.columns.kinds.length;
  }

  /** Whether its files were told by a list, and its tarball was not read. */
  get isListed(): boolean {
    return this.columns.ends.length > 0;
  }

  /** Bytes of the unpacked tarball. */
  get tarball(): number {
    return this.columns.tarball[0] ?? 0;
  }

  /** Whether some files have more than one name. */
  get hasLinks(): boolean {
    let named = 0;
    for (const file of this.columns.files) if (file !== none) named++;
    return named > this.fileCount;
  }

  /** Bytes of all files that still have a name. */
  get bytes(): number {
    const isNamed = new Uint8Array(this.fileCount);
    for (const file of this.columns.files) if (file !== none) isNamed[file] = 1;
    let sum = 0;
    for (let file = 0; file < isNamed.length; file++) if (isNamed[file]) sum += this.columns.sizes[file] ?? 0;
    return sum;
  }

  /** Whether there is anything at a node: not if another entry of the layer took its folder away. */
  isThere(node: number): boolean {
    return this.columns.files[node] !== none || this.columns.marks[node] !== 0;
  }

  nameOf(node: number): Uint8Array {
    const { names, nameEnds } = this.columns;
    return names.subarray(nameEnds[node - 1] ?? 0, nameEnds[node]);
  }

  kindOf(file: number): FileKind {
    return fileKinds[this.columns.kinds[file] ?? 0] ?? 'file';
  }

  digestOf(file: number): Uint8Array {
    return this.columns.digests.subarray(file * digestSize, (file + 1) * digestSize);
  }

  textOf(file: number): Uint8Array {
    const { texts, textEnds } = this.columns;
    return texts.subarray(textEnds[file - 1] ?? 0, textEnds[file]);
  }

  attributesOf(file: number): Uint8Array {
    const { attributes, attributeEnds } = this.columns;
    return attributes.subarray(attributeEnds[file - 1] ?? 0, attributeEnds[file]);
  }

  get tree(): PathTree {
    return PathTree.from(this.columns);
  }

  /** The columns one behind the other, each at a place that its numbers can be read from, with a checksum before them. */
  encode(): Uint8Array<ArrayBuffer> {
    const lengths = names.map((name) => this.columns[name].length);
    let size = headerSize;
    const places = names.map((name, at) => {
      const place = size;
      size = padded(size + (lengths[at] ?? 0) * types[name].prototype.BYTES_PER_ELEMENT);
      return place;
    });
    const bytes = new Uint8Array(size);
    names.forEach((name, at) => {
      const { buffer, byteOffset, byteLength } = this.columns[name];
      bytes.set(new Uint8Array(buffer, byteOffset, byteLength), places[at]);
    });
    const header = new Uint32Array(bytes.buffer, 0, headerSize / 4);
    header.set([0, ...lengths]);
    header[0] = crc32(bytes.subarray(4));
    return bytes;
  }

  /** Undefined if the bytes are not what was encoded. Reads them where they are. */
  static decode(bytes: Uint8Array): LayerIndex | undefined {
    // what a database gives may begin anywhere in its memory
    const own =
      bytes.byteOffset % 8 === 0 && bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes);
    if (own.length < headerSize || own.length % 8 !== 0) return undefined;
    const [sum, ...lengths] = new Uint32Array(own.buffer, own.byteOffset, headerSize / 4);
    if (sum !== crc32(own.subarray(4))) return undefined;
    let place = headerSize;
    const columns = Object.fromEntries(
      names.map((name, at) => {
        const length = lengths[at] ?? 0;
        const column = new types[name](own.buffer, own.byteOffset + place, length);
        place = padded(place + length * types[name].prototype.BYTES_PER_ELEMENT);
        return [name, column];
      }),
    ) as LayerColumns;
    return new LayerIndex(columns);
  }
}

export const digestSize = 32;
/** A checksum and the length of each column. */
const headerSize = Math.ceil((4 * (names.length + 1)) / 8) * 8;
const padded = (size: number): number => Math.ceil(size / 8) * 8;
