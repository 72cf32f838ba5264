import { bytesOf, shownName } from '../../../foundation/formats/name-bytes.ts';
import { damaged, excessive } from '../../../foundation/formats/refused-archive.ts';
import { attributesOf, type MemberAttributes } from '../../../foundation/formats/tar/member-attributes.ts';
import { blockSize } from '../../../foundation/formats/tar/parse-header.ts';
import type { TarPiece } from '../../../foundation/formats/tar/tar-cutter.ts';
import { type TarMember, unclearName } from '../../../foundation/formats/tar/tar-member.ts';
import { layerWithHoles } from '../../../foundation/image-archive/refuse-holes.ts';
import { cleanParts } from './clean-parts.ts';
import { FileTable } from './file-table.ts';
import { growingBytes, growingNumbers, growingShorts, growingWords } from './growing.ts';
import { KeptBodies, type KeptColumns } from './kept-bodies.ts';
import { type FileKind, LayerIndex, marks } from './layer-index.ts';
import { none, PathTree } from './path-tree.ts';

/** The most names of one layer; the largest systems have some two million files in all. */
const mostNames = 4_000_000;
/** The most links that one path may lead through, as in Linux. */
const mostLinks = 40;

/** The most bytes of a path in Linux; engines fail at longer ones. */
const longestPath = 4096;

const whiteout = Buffer.from('.wh.');
const metadata = Buffer.from('.wh..wh.');
const opaque = Buffer.from('.wh..wh..opq');

type Head = Extract<TarPiece, { kind: 'head' }>;

/**
 * Folds the members of a layer's tarball into what the layer has in the end, as engines unpack it (containerd's `archive.Apply`,
 * moby's `archive.Unpack` for overlay2):
 *
 * - Names are cleaned, and can't lead out. The root itself is left out: no engine changes it.
 * - A later member replaces an earlier one of its name, with all that was in its folder; a folder replaces a folder's own facts only.
 * - A path leads through links of the same layer. Folders that no member names are made.
 * - `.wh.x` hides what the layers below have as `x`, `.wh..wh..opq` all that they have in its folder; neither hides anything of its
 *   own layer (OCI's image specification). Other names that begin with `.wh..wh.` are left from AUFS, and are nobody's.
 * - A hard link gives its file one more name, and its own mode, owner and time. If no member before has its target, the target is in a
 *   layer below.
 *
 * Throws a refusal for what no engine would unpack.
 */
export class LayerFold {
  readonly #tree = new PathTree();
  readonly #table = new FileTable();
  readonly #files = growingWords();
  readonly #marks = growingBytes();
  readonly #headers = growingShorts();
  readonly #ends = growingNumbers();
  /** In how many folders each node is. */
  readonly #depths = growingShorts();
  /** The folder of the last member: most have the same as the one before. */
  #lastFolder = '';
  #lastFolderNode = 0;

  constructor() {
    this.#files.set(0, none);
  }

  /** Returns the number of the file whose bytes follow; undefined if none do, or if nobody wants them. */
  take(head: Head): number | undefined {
    return this.add(head.member, attributesOf(head), head.bytes.length / blockSize);
  }

  /** The same for a member that something else tells of; `headers` are the blocks of its headers. */
  add(member: TarMember, attributes: MemberAttributes, headers: number): number | undefined {
    if (member.isSparse) throw layerWithHoles;
    const place = this.#placeOf(member);
    if (!place) return undefined;
    const { folder, name } = place;
    if (name.subarray(0, whiteout.length).equals(whiteout)) {
      this.#hide(folder, name, member);
      return undefined;
    }
    const file = this.#fileOf(member, attributes);
    const node = this.#ensure(folder, name);
    this.#put(node, file, headers);
    return member.kind === 'file' ? file : undefined;
  }

  setDigest(file: number, digest: Uint8Array): void {
    this.#table.setDigest(file, digest);
  }

  /** Where the bytes of a file end in the packed layer; its offset is then one in the packed layer, too. */
  setEnd(file: number, end: number): void {
    this.#ends.set(file, end);
  }

  /** The index of a layer whose files were told, and whose tarball nobody has seen. */
  endOfList(): LayerIndex {
    const index = this.end(0, new KeptBodies().columns);
    this.#ends.room(index.fileCount);
    return new LayerIndex({ ...index.columns, ends: this.#ends.all.slice(0, index.fileCount) });
  }

  /** `tarball` is how many bytes the whole unpacked tarball has, `kept` some of its bodies. */
  end(tarball: number, kept: KeptColumns): LayerIndex {
    const { count } = this.#tree;
    return new LayerIndex({
      ...this.#tree.columns,
      ...this.#table.columns,
      ...kept,
      tarball: Float64Array.of(tarball),
      ends: new Float64Array(0),
      files: this.#files.all.slice(0, count),
      marks: this.#marks.all.slice(0, count),
      headers: this.#headers.all.slice(0, count),
    });
  }

  /** Undefined if it is nobody's. */
  #placeOf(member: TarMember): { folder: number; name: Buffer } | undefined {
    const { name } = member;
    if (name.length > longestPath) throw damaged('a file has a longer name than any system takes');
    const slash = name.lastIndexOf('/');
    const base = name.slice(slash + 1);
    // clean already, and in the same folder as the one before
    if (slash > 0 && base !== '' && base !== '.' && base !== '..' && name.length - base.length - 1 === this.#lastFolder.length) {
      if (name.startsWith(this.#lastFolder)) return isMetadata(base) ? undefined : { folder: this.#lastFolderNode, name: bytesOf(base) };
    }
    const parts = cleanParts(bytesOf(name));
    const last = parts.pop();
    if (!last || parts.some(isMetadataBytes) || (isMetadataBytes(last) && !last.equals(opaque))) return undefined;
    const folder = this.#folderAt(parts, member);
    if (slash > 0 && base !== '' && base !== '.' && base !== '..') {
      this.#lastFolder = name.slice(0, slash);
      this.#lastFolderNode = folder;
    }
    return { folder, name: last };
  }

  /** The folder that a path leads to, made if it is missing. */
  #folderAt(parts: Buffer[], member: TarMember): number {
    let node = 0;
    let left = mostLinks;
    const open = [...parts].reverse();
    for (let part = open.pop(); part; part = open.pop()) {
      const next = this.#ensure(node, part);
      const file = this.#files.at(next);
      const kind = file === none ? undefined : this.#table.kindOf(file);
      if (kind === 'symlink') {
        if (--left < 0) throw damaged(`“${shown(member)}” is behind links that lead back to themselves`);
        const target = Buffer.from(this.#table.textOf(file));
        const isAbsolute = target[0] === 0x2f;
        // no link leads above the root
        const path = isAbsolute ? target : Buffer.concat([this.#tree.pathOf(node), slash, target]);
        node = 0;
        open.push(...cleanParts(path).reverse());
        continue;
      }
      if (kind !== undefined && kind !== 'folder') throw damaged(`“${shown(member)}” is in something that isn’t a folder`);
      if (kind === undefined) this.#mark(next, marks.isImplied);
      node = next;
    }
    return node;
  }

  #hide(folder: number, name: Buffer, member: TarMember): void {
    if (name.equals(opaque)) {
      this.#mark(folder, marks.hidesContent);
      return;
    }
    const hidden = name.subarray(whiteout.length);
    if (hidden.length === 0 || hidden.equals(dot) || hidden.equals(dots))
      throw unclearName(`“${shown(member)}” removes a folder from within`);
    const node = this.#ensure(folder, hidden);
    this.#mark(node, marks.hides);
    if (this.#files.at(node) === none) this.#headers.set(node, 1);
  }

  #fileOf(member: TarMember, attributes: MemberAttributes): number {
    const { kind, size, offset, linkName } = member;
    if (kind !== 'hard-link') {
      const { device } = attributes;
      const text = device ? Buffer.from(`${device.major}:${device.minor}`) : kind === 'symlink' ? bytesOf(linkName) : nothing;
      return this.#table.add({ kind: kindOf(kind, device), size, offset, text }, attributes);
    }
    const parts = cleanParts(bytesOf(linkName));
    const target = this.#findTarget(parts);
    const file = target === none ? none : this.#files.at(target);
    const isFolder = file === none ? target !== none && this.#marks.at(target) & marks.isImplied : this.#table.kindOf(file) === 'folder';
    if (isFolder) throw damaged(`“${shown(member)}” is a hard link to a folder`);
    if (file === none) {
      const text = Buffer.concat(parts.flatMap((part, at) => (at === 0 ? [part] : [slash, part])));
      return this.#table.add({ kind: 'link-below', size: 0, offset, text }, attributes);
    }
    this.#table.describe(file, attributes);
    return file;
  }

  /** Through links of this layer, but without making anything. */
  #findTarget(parts: Buffer[]): number {
    let node = 0;
    let left = mostLinks;
    const open = [...parts].reverse();
    for (let part = open.pop(); part; part = open.pop()) {
      const next = this.#tree.find(node, part);
      if (next === none) return none;
      const file = this.#files.at(next);
      if (open.length > 0 && file !== none && this.#table.kindOf(file) === 'symlink' && left-- > 0) {
        const target = Buffer.from(this.#table.textOf(file));
        const path = target[0] === 0x2f ? target : Buffer.concat([this.#tree.pathOf(node), slash, target]);
        node = 0;
        open.push(...cleanParts(path).reverse());
      } else node = next;
    }
    return node;
  }

  #put(node: number, file: number, headers: number): void {
    const isFolder = this.#table.kindOf(file) === 'folder';
    // a new link, or another thing in the place of an old one, may be on the way to the last folder
    if (this.#files.at(node) !== none || this.#marks.at(node) !== 0 || this.#table.kindOf(file) === 'symlink') this.#lastFolder = '';
    if (!isFolder) for (const child of this.#tree.childrenOf(node)) this.#drop(child);
    this.#files.set(node, file);
    // a file hides what is below it anyway
    this.#marks.set(node, isFolder ? this.#marks.at(node) & ~marks.isImplied : this.#marks.at(node) & marks.hides);
    this.#headers.set(node, Math.min(headers, 0xffff));
  }

  #drop(top: number): void {
    const open = [top];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      this.#files.set(node, none);
      this.#marks.set(node, 0);
      this.#headers.set(node, 0);
      open.push(...this.#tree.childrenOf(node));
    }
  }

  #ensure(folder: number, name: Uint8Array): number {
    const before = this.#tree.count;
    const node = this.#tree.ensure(folder, name);
    if (this.#tree.count > before) {
      // links of one layer could lead deeper and deeper
      this.#depths.set(node, this.#depths.at(folder) + 1);
      if (this.#depths.at(node) > longestPath / 2) throw damaged('a file has a longer name than any system takes');
      if (node > mostNames) throw excessive(`a layer has more than ${mostNames.toLocaleString('en')} files`);
      this.#files.set(node, none);
      this.#marks.room(node + 1);
      this.#headers.room(node + 1);
    }
    return node;
  }

  #mark(node: number, mark: number): void {
    if (node !== 0) this.#marks.set(node, this.#marks.at(node) | mark);
    else if (mark === marks.hidesContent) this.#marks.set(0, mark);
  }
}

const nothing = Buffer.alloc(0);
const slash = Buffer.from('/');
const dot = Buffer.from('.');
const dots = Buffer.from('..');

const shown = ({ name }: TarMember): string => shownName(name.slice(0, 60));

const isMetadata = (name: string): boolean => name.startsWith('.wh..wh.') && name !== '.wh..wh..opq';
const isMetadataBytes = (name: Buffer): boolean =>
  name.length > 7 && name[0] === 0x2e && name.subarray(0, metadata.length).equals(metadata);

function kindOf(kind: TarMember['kind'], device: MemberAttributes['device']): FileKind {
  if (kind === 'file' || kind === 'folder' || kind === 'symlink') return kind;
  return device ? `${device.kind}-device` : 'fifo';
}
