import { cutOff, damaged, excessive } from '../refused-archive.ts';
import { HoleFiller, HoleLimit, type Holes, holesOf } from './holes.ts';
import { blockSize, parseHeader, type RawHeader, text } from './parse-header.ts';
import { parsePaxRecords } from './pax-records.ts';
import { tarHeader, tarPadding } from './tar-header.ts';
import { type Extension, makeMember, type TarMember, unclearName } from './tar-member.ts';

/** Concatenated, the bytes of all pieces are the tarball again, with the holes filled of files that were stored without them. */
export type TarPiece =
  /** All headers of an entry; `own` is its own, as it was stored, and `records` come from its pax header. */
  | ({ kind: 'head'; member: TarMember; bytes: Buffer } & StoredHeaders)
  | { kind: 'body'; bytes: Buffer }
  /** After a body, up to the next block. */
  | { kind: 'padding'; bytes: Buffer }
  /** The zeros at the end and whatever follows them. */
  | { kind: 'end'; bytes: Buffer };

/** What is known of an entry besides its name, kind and size: see `attributesOf`. */
export type StoredHeaders = { own: Buffer; records?: ReadonlyMap<string, string> };

type Note = { typeFlag: string; parts: Buffer[]; left: number };

/** The most bytes of one entry's headers; a name of 4,096 bytes and a dozen attributes stay far below. */
const mostHeaderBytes = 1024 * 1024;

/**
 * Cuts a tarball that arrives in pieces of any length into headers and bodies. Holds no body and no list of entries: the memory
 * it needs does not grow with the file. Throws a refusal for what contradicts itself.
 */
export class TarCutter {
  /** Bytes of all pieces so far. */
  position = 0;
  /** Whether a file was stored without its holes: positions of pieces then differ from those in the tarball. */
  hasFilled = false;
  /** Whether the zeros that end a tarball have come. */
  ended = false;
  #rest: Buffer = Buffer.alloc(0);
  #bodyLeft = 0;
  #paddingLeft = 0;
  #headers: Buffer[] = [];
  #headerBytes = 0;
  #extension: Extension = {};
  /** A header whose body says more about the entry that follows. */
  #note: Note | undefined;
  /** For the current body, if it is stored without its holes. */
  #filler: HoleFiller | undefined;
  readonly #holeLimit = new HoleLimit();
  /** A header of old GNU tar that continues in further blocks. */
  #sparse: RawHeader | undefined;

  *cut(chunk: Buffer): Generator<TarPiece> {
    let at = 0;
    if (this.#rest.length > 0) {
      // only a header waits for its end, so that nothing else has to be copied
      at = Math.min(blockSize - this.#rest.length, chunk.length);
      const block = Buffer.concat([this.#rest, chunk.subarray(0, at)]);
      this.#rest = block;
      if (block.length < blockSize) return;
      this.#rest = Buffer.alloc(0);
      this.position += blockSize;
      yield* this.#take(block);
    }
    while (at < chunk.length) {
      const wanted = this.ended ? chunk.length - at : this.#bodyLeft || this.#paddingLeft || blockSize;
      if (wanted > chunk.length - at && !this.ended && this.#bodyLeft + this.#paddingLeft === 0) break;
      const piece = chunk.subarray(at, Math.min(at + wanted, chunk.length));
      at += piece.length;
      if (this.#filler) yield* this.#fill(this.#filler, piece);
      else {
        this.position += piece.length;
        yield* this.#take(piece);
      }
    }
    // what the piece is in may be used again
    if (at < chunk.length) this.#rest = Buffer.from(chunk.subarray(at));
  }

  /** Bytes of the current body and its padding that a source may leave out. */
  get skippable(): number {
    return this.#filler ? 0 : this.#bodyLeft + this.#paddingLeft;
  }

  /** Continues as if that many bytes of the current body had been cut. */
  skip(count: number): void {
    const ofBody = Math.min(count, this.#bodyLeft);
    this.#bodyLeft -= ofBody;
    this.#paddingLeft -= count - ofBody;
    this.position += count;
  }

  /** Throws if the tarball ends in the middle of an entry. Padding is not part of one: returns what is missing of it. */
  finish(): Buffer {
    if (this.#rest.length > 0 || this.#bodyLeft > 0 || this.#headers.length > 0) throw cutOff();
    // the padding of a file with holes was made here
    return Buffer.alloc(this.#filler ? 0 : this.#paddingLeft);
  }

  *#take(bytes: Buffer): Generator<TarPiece> {
    if (this.ended) yield { kind: 'end', bytes };
    else if (this.#bodyLeft > 0) {
      this.#bodyLeft -= bytes.length;
      yield { kind: 'body', bytes };
    } else if (this.#paddingLeft > 0) {
      this.#paddingLeft -= bytes.length;
      yield { kind: 'padding', bytes };
    } else yield* this.#takeBlock(bytes);
  }

  *#takeBlock(block: Buffer): Generator<TarPiece> {
    const isBetween = !this.#note && !this.#sparse;
    if (isBetween && block.every((byte) => byte === 0)) {
      this.ended = true;
      yield { kind: 'end', bytes: Buffer.concat([...this.#headers.splice(0), block]) };
      return;
    }
    this.#headers.push(Buffer.from(block));
    this.#headerBytes += blockSize;
    if (this.#headerBytes > mostHeaderBytes) throw excessive('the headers of a single file are longer than a million characters');
    if (this.#note) this.#takeNote(this.#note, block);
    else if (this.#sparse) yield* this.#takeHoles(this.#sparse, block);
    else yield* this.#takeHeader(parseHeader(block));
  }

  *#takeHeader(header: RawHeader): Generator<TarPiece> {
    if (/[xgLK]/.test(header.typeFlag)) {
      if (header.size > mostHeaderBytes) throw excessive('the headers of a single file are longer than a million characters');
      if (header.size > 0) this.#note = { typeFlag: header.typeFlag, parts: [], left: header.size };
      else this.#keepNote(header.typeFlag, Buffer.alloc(0));
    } else if (header.typeFlag === 'S' && header.hasMoreHoles) this.#sparse = header;
    else yield* this.#begin(header);
  }

  *#takeHoles(header: RawHeader, block: Buffer): Generator<TarPiece> {
    if (block[504] === 1) return;
    this.#sparse = undefined;
    yield* this.#begin(header);
  }

  #takeNote(note: Note, block: Buffer): void {
    note.parts.push(Buffer.from(block.subarray(0, note.left)));
    note.left -= Math.min(note.left, blockSize);
    if (note.left > 0) return;
    this.#note = undefined;
    this.#keepNote(note.typeFlag, Buffer.concat(note.parts));
  }

  #keepNote(typeFlag: string, body: Buffer): void {
    if (typeFlag === 'x') this.#extension.records = parsePaxRecords(body);
    else if (typeFlag === 'L') this.#extension.longName = text(body);
    else if (typeFlag === 'K') this.#extension.longLink = text(body);
    // the engine's reader ignores a header for all following entries, and forgets what came before it
    else if (Object.keys(this.#extension).length > 0) throw unclearName('a header for one file comes before a header for all files');
  }

  *#begin(header: RawHeader): Generator<TarPiece> {
    const member = { ...makeMember(header, this.#extension), offset: this.position };
    if (!Number.isSafeInteger(member.offset + member.size + blockSize)) throw damaged('a file has an impossible size');
    this.#bodyLeft = member.size;
    this.#paddingLeft = (blockSize - (member.size % blockSize)) % blockSize;
    const [only = Buffer.alloc(0), ...more] = this.#headers.splice(0);
    const bytes = more.length > 0 ? Buffer.concat([only, ...more]) : only;
    const { records } = this.#extension;
    const stored: StoredHeaders = { own: more.at(-1) ?? only, ...(records && { records }) };
    this.#headerBytes = 0;
    this.#extension = {};
    const holes = member.kind === 'file' && !member.isSparse ? holesOf(records) : undefined;
    if (holes) yield* this.#beginToFill(member, holes, header.mode, bytes.length, stored);
    else yield { kind: 'head', member, bytes, ...stored };
  }

  // as if it were stored like any other file
  *#beginToFill(
    stored: TarMember,
    { size = stored.size, extents }: Holes,
    mode: number,
    headerSize: number,
    headers: StoredHeaders,
  ): Generator<TarPiece> {
    const bytes = tarHeader({ name: stored.name, kind: 'file', mode, size, modified: 0 });
    this.position += bytes.length - headerSize;
    const member = { ...stored, size, offset: this.position };
    if (!Number.isSafeInteger(member.offset + size + blockSize)) throw damaged('a file has an impossible size');
    this.hasFilled = true;
    this.#filler = new HoleFiller(size, stored.size, extents, this.#holeLimit);
    yield { kind: 'head', member, bytes, ...headers };
    if (stored.size === 0) yield* this.#fill(this.#filler, Buffer.alloc(0));
  }

  *#fill(filler: HoleFiller, bytes: Buffer): Generator<TarPiece> {
    const isBody = this.#bodyLeft > 0 || bytes.length === 0;
    if (isBody) {
      this.#bodyLeft -= bytes.length;
      yield* this.#pieces('body', filler.take(bytes));
      if (this.#bodyLeft === 0) {
        yield* this.#pieces('body', filler.end());
        yield* this.#pieces('padding', [tarPadding(filler.size)]);
      }
    } else this.#paddingLeft -= bytes.length;
    if (this.#bodyLeft + this.#paddingLeft === 0) this.#filler = undefined;
  }

  *#pieces(kind: 'body' | 'padding', all: Iterable<Buffer>): Generator<TarPiece> {
    for (const bytes of all) {
      this.position += bytes.length;
      if (bytes.length > 0) yield { kind, bytes };
    }
  }
}
