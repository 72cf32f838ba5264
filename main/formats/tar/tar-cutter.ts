import { cutOff, damaged, excessive } from '../refused-archive.ts';
import { blockSize, parseHeader, type RawHeader, text } from './parse-header.ts';
import { parsePaxRecords } from './pax-records.ts';
import { type Extension, makeMember, type TarMember, unclearName } from './tar-member.ts';

/** Put one after the other, the bytes of all pieces are the tarball again. */
export type TarPiece =
  /** All headers of an entry, the last of which is its own; `records` are those of its pax header. */
  | { kind: 'head'; member: TarMember; bytes: Buffer; records?: ReadonlyMap<string, string> }
  | { kind: 'body'; bytes: Buffer }
  /** After a body, up to the next block. */
  | { kind: 'padding'; bytes: Buffer }
  /** The zeros at the end, and whatever follows them. */
  | { kind: 'end'; bytes: Buffer };

type Note = { typeFlag: string; parts: Buffer[]; left: number };

/** Bytes of headers that one entry may have; a name of 4,096 bytes and a dozen attributes stay far below. */
const mostHeaderBytes = 1024 * 1024;

/**
 * Cuts a tarball that comes in pieces of any length into headers and bodies. Holds no body and no list of entries: what it
 * takes does not grow with the file. Throws a refusal at what contradicts itself.
 */
export class TarCutter {
  /** Bytes of the tarball that are cut by now. */
  position = 0;
  /** Whether the zeros that end a tarball were there. */
  ended = false;
  #rest: Buffer = Buffer.alloc(0);
  #bodyLeft = 0;
  #paddingLeft = 0;
  #headers: Buffer[] = [];
  #headerBytes = 0;
  #extension: Extension = {};
  /** A header whose body says more of the entry that follows. */
  #note: Note | undefined;
  /** A header of old GNU tar that goes on in further blocks. */
  #sparse: RawHeader | undefined;

  *cut(chunk: Buffer): Generator<TarPiece> {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    while (at < bytes.length) {
      const wanted = this.ended ? bytes.length - at : this.#bodyLeft || this.#paddingLeft || blockSize;
      if (wanted > bytes.length - at && !this.ended && this.skippable === 0) break;
      const piece = bytes.subarray(at, Math.min(at + wanted, bytes.length));
      at += piece.length;
      this.position += piece.length;
      yield* this.#take(piece);
    }
    this.#rest = bytes.subarray(at);
  }

  /** Bytes of the running body, and what fills its last block, that a source may leave out. */
  get skippable(): number {
    return this.#bodyLeft + this.#paddingLeft;
  }

  /** Goes on as if so many bytes of the running body had been cut. */
  skip(count: number): void {
    const ofBody = Math.min(count, this.#bodyLeft);
    this.#bodyLeft -= ofBody;
    this.#paddingLeft -= count - ofBody;
    this.position += count;
  }

  /** Throws where the tarball ends in the middle of an entry. What fills the last block is no part of one: gives what of it is missing. */
  finish(): Buffer {
    if (this.#rest.length > 0 || this.#bodyLeft > 0 || this.#headers.length > 0) throw cutOff();
    return Buffer.alloc(this.#paddingLeft);
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
    if (this.#headerBytes > mostHeaderBytes) throw excessive('what is noted beside a single file takes more than a million letters');
    if (this.#note) this.#takeNote(this.#note, block);
    else if (this.#sparse) yield* this.#takeHoles(this.#sparse, block);
    else yield* this.#takeHeader(parseHeader(block));
  }

  *#takeHeader(header: RawHeader): Generator<TarPiece> {
    if (/[xgLK]/.test(header.typeFlag)) {
      if (header.size > mostHeaderBytes) throw excessive('what is noted beside a single file takes more than a million letters');
      if (header.size > 0) this.#note = { typeFlag: header.typeFlag, parts: [], left: header.size };
      else this.#keepNote(header.typeFlag, Buffer.alloc(0));
    } else if (header.typeFlag === 'S' && header.hasMoreHoles) this.#sparse = header;
    else yield this.#makeHead(header);
  }

  *#takeHoles(header: RawHeader, block: Buffer): Generator<TarPiece> {
    if (block[504] === 1) return;
    this.#sparse = undefined;
    yield this.#makeHead(header);
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
    // what is said of all entries that follow is left alone by the engine's reader, which forgets what came before it
    else if (Object.keys(this.#extension).length > 0) throw unclearName('what is noted of one file stands before a note for all files');
  }

  #makeHead(header: RawHeader): TarPiece {
    const member = { ...makeMember(header, this.#extension), offset: this.position };
    if (!Number.isSafeInteger(member.offset + member.size + blockSize)) throw damaged('a file has a size that cannot be');
    this.#bodyLeft = member.size;
    this.#paddingLeft = (blockSize - (member.size % blockSize)) % blockSize;
    const bytes = Buffer.concat(this.#headers.splice(0));
    const { records } = this.#extension;
    this.#headerBytes = 0;
    this.#extension = {};
    return { kind: 'head', member, bytes, ...(records && { records }) };
  }
}
