import { growingBytes, growingWords } from './growing.ts';

/** Where something else would be a node, there is none. */
export const none = 0xffffffff;

/** What a tree of names is made from: the folder of each node and where its name begins; see `PathTree.from`. */
export type TreeColumns = { parents: Uint32Array; nameEnds: Uint32Array; names: Uint8Array };

/**
 * Names in folders, as numbered nodes: 0 is the root, and a folder always has a lower number than what is in it. Names are bytes, of
 * which each folder has one only once. Takes some 50 bytes a name.
 */
export class PathTree {
  #count = 1;
  readonly #parents = growingWords();
  /** Where the name of a node ends in `#names`; it begins where the one before it ends. */
  readonly #nameEnds = growingWords();
  readonly #names = growingBytes();
  readonly #firstChildren = growingWords();
  readonly #nextSiblings = growingWords();
  /** An open hash table of nodes by folder and name; 0 is a free place, as nobody looks for the root. */
  #table = new Uint32Array(1024);

  static from({ parents, nameEnds, names }: TreeColumns): PathTree {
    const tree = new PathTree();
    for (let node = 1; node < parents.length; node++) tree.#add(parents[node] ?? 0, names, nameEnds[node - 1] ?? 0, nameEnds[node] ?? 0);
    return tree;
  }

  /** How many nodes there are, with the root. */
  get count(): number {
    return this.#count;
  }

  /** Copies, without the room for more. */
  get columns(): TreeColumns {
    return {
      parents: this.#parents.all.slice(0, this.#count),
      nameEnds: this.#nameEnds.all.slice(0, this.#count),
      names: this.#names.all.slice(0, this.#nameEnds.at(this.#count - 1)),
    };
  }

  parentOf(node: number): number {
    return this.#parents.at(node);
  }

  /** Must not be changed; valid until a name is added. */
  nameOf(node: number): Uint8Array {
    return this.#names.all.subarray(node === 0 ? 0 : this.#nameEnds.at(node - 1), this.#nameEnds.at(node));
  }

  /** From the root, with `/` between names and none at the beginning; empty for the root. */
  pathOf(node: number): Buffer {
    const parts: Uint8Array[] = [];
    for (let at = node; at !== 0; at = this.parentOf(at)) parts.push(this.nameOf(at), slash);
    // without the slash before the first
    parts.pop();
    return Buffer.concat(parts.reverse());
  }

  /** The node of a name in a folder; `none` if there is none. The name is a part of `bytes`. */
  find(parent: number, bytes: Uint8Array, from = 0, to = bytes.length): number {
    const node = this.#table[this.#place(parent, bytes, from, to)] ?? 0;
    return node === 0 ? none : node;
  }

  /** The same, but makes it if there is none. */
  ensure(parent: number, bytes: Uint8Array, from = 0, to = bytes.length): number {
    const place = this.#place(parent, bytes, from, to);
    const known = this.#table[place] ?? 0;
    return known === 0 ? this.#add(parent, bytes, from, to, place) : known;
  }

  /** The node of a path without empty parts; `none` if there is none. */
  findPath(path: Uint8Array): number {
    let node = 0;
    for (let from = 0; from < path.length && node !== none; ) {
      const end = path.indexOf(0x2f, from);
      const to = end < 0 ? path.length : end;
      node = this.find(node, path, from, to);
      from = to + 1;
    }
    return node;
  }

  /** What is in a folder, in no order. */
  *childrenOf(node: number): Generator<number> {
    for (let child = this.firstChild(node); child !== 0; child = this.nextSibling(child)) yield child;
  }

  /** 0 if there is none; the same goes for `nextSibling`. */
  firstChild(node: number): number {
    return this.#firstChildren.at(node);
  }

  nextSibling(node: number): number {
    return this.#nextSiblings.at(node);
  }

  #add(parent: number, bytes: Uint8Array, from: number, to: number, place?: number): number {
    const node = this.#count++;
    const start = this.#nameEnds.at(node - 1);
    const end = start + to - from;
    this.#names.room(end);
    this.#names.all.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), start);
    this.#nameEnds.set(node, end);
    this.#parents.set(node, parent);
    this.#nextSiblings.set(node, this.#firstChildren.at(parent));
    this.#firstChildren.set(parent, node);
    this.#firstChildren.room(node + 1);
    this.#table[place ?? this.#place(parent, bytes, from, to)] = node;
    if (this.#count * 2 > this.#table.length) this.#growTable();
    return node;
  }

  /** Where a name is in the table, or where it belongs. */
  #place(parent: number, bytes: Uint8Array, from: number, to: number): number {
    const mask = this.#table.length - 1;
    for (let place = hashOf(parent, bytes, from, to) & mask; ; place = (place + 1) & mask) {
      const node = this.#table[place] ?? 0;
      if (node === 0 || this.#isNamed(node, parent, bytes, from, to)) return place;
    }
  }

  #isNamed(node: number, parent: number, bytes: Uint8Array, from: number, to: number): boolean {
    if (this.#parents.at(node) !== parent) return false;
    const start = this.#nameEnds.at(node - 1);
    if (this.#nameEnds.at(node) - start !== to - from) return false;
    const names = this.#names.all;
    for (let at = 0; at < to - from; at++) if (names[start + at] !== bytes[from + at]) return false;
    return true;
  }

  #growTable(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    const names = this.#names.all;
    const mask = this.#table.length - 1;
    for (let node = 1; node < this.#count; node++) {
      let place = hashOf(this.#parents.at(node), names, this.#nameEnds.at(node - 1), this.#nameEnds.at(node)) & mask;
      while (this.#table[place] !== 0) place = (place + 1) & mask;
      this.#table[place] = node;
    }
  }
}

const slash = Uint8Array.of(0x2f);

/** Made anew at each start, so that no layer can be made whose names all fall on one place. */
const seed = Math.floor(Math.random() * 2 ** 31);

// FNV-1a
function hashOf(parent: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = Math.imul(parent ^ seed, 0x9e3779b1);
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
