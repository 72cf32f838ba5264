import type { MemberAttributes } from '../../../foundation/formats/tar/member-attributes.ts';
import { growingBytes, growingNumbers, growingShorts, growingWords } from './growing.ts';
import { digestSize, type FileColumns, type FileKind, fileKinds } from './layer-index.ts';

export type NewFile = { kind: FileKind; size: number; offset: number; text: Uint8Array };

/** The files of a layer, as they come. */
export class FileTable {
  count = 0;
  readonly #kinds = growingBytes();
  readonly #modes = growingShorts();
  readonly #uids = growingWords();
  readonly #gids = growingWords();
  readonly #sizes = growingNumbers();
  readonly #times = growingNumbers();
  readonly #offsets = growingNumbers();
  readonly #digests = growingBytes();
  readonly #textEnds = growingWords();
  readonly #texts = growingBytes();
  readonly #attributeEnds = growingWords();
  readonly #attributes = growingBytes();

  add({ kind, size, offset, text }: NewFile, attributes: MemberAttributes): number {
    const file = this.count++;
    this.#kinds.set(file, fileKinds.indexOf(kind));
    this.#sizes.set(file, size);
    this.#offsets.set(file, offset);
    this.#digests.room(this.count * digestSize);
    append(this.#texts, this.#textEnds, file, text);
    append(this.#attributes, this.#attributeEnds, file, encodeAttributes(attributes.attributes));
    this.describe(file, attributes);
    return file;
  }

  /** What every name of a file says anew: a hard link's header counts for the file, too. */
  describe(file: number, { mode, uid, gid, modified }: MemberAttributes): void {
    this.#modes.set(file, mode);
    this.#uids.set(file, uid);
    this.#gids.set(file, gid);
    this.#times.set(file, modified);
  }

  kindOf(file: number): FileKind {
    return fileKinds[this.#kinds.at(file)] ?? 'file';
  }

  textOf(file: number): Uint8Array {
    return this.#texts.all.subarray(file === 0 ? 0 : this.#textEnds.at(file - 1), this.#textEnds.at(file));
  }

  setDigest(file: number, digest: Uint8Array): void {
    this.#digests.all.set(digest, file * digestSize);
  }

  get columns(): FileColumns {
    const { count } = this;
    return {
      kinds: this.#kinds.all.slice(0, count),
      modes: this.#modes.all.slice(0, count),
      uids: this.#uids.all.slice(0, count),
      gids: this.#gids.all.slice(0, count),
      sizes: this.#sizes.all.slice(0, count),
      times: this.#times.all.slice(0, count),
      offsets: this.#offsets.all.slice(0, count),
      digests: this.#digests.all.slice(0, count * digestSize),
      textEnds: this.#textEnds.all.slice(0, count),
      texts: this.#texts.all.slice(0, count === 0 ? 0 : this.#textEnds.at(count - 1)),
      attributeEnds: this.#attributeEnds.all.slice(0, count),
      attributes: this.#attributes.all.slice(0, count === 0 ? 0 : this.#attributeEnds.at(count - 1)),
    };
  }
}

function append(all: ReturnType<typeof growingBytes>, ends: ReturnType<typeof growingWords>, place: number, bytes: Uint8Array): void {
  const start = place === 0 ? 0 : ends.at(place - 1);
  all.room(start + bytes.length);
  all.all.set(bytes, start);
  ends.set(place, start + bytes.length);
}

const nothing = new Uint8Array(0);

function encodeAttributes(attributes: ReadonlyMap<string, Buffer> | undefined): Uint8Array {
  if (!attributes) return nothing;
  const sorted = [...attributes].sort(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.from(JSON.stringify(Object.fromEntries(sorted.map(([name, value]) => [name, value.toString('base64')]))));
}
