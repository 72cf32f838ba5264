import type { Packing } from '../../../contract/archive.ts';
import { shownName } from '../formats/name-bytes.ts';
import { excessive, RefusedArchive } from '../formats/refused-archive.ts';
import type { TarPiece } from '../formats/tar/tar-cutter.ts';
import type { TarMember } from '../formats/tar/tar-member.ts';
import { BodyLook } from './body-look.ts';
import { cleanName } from './clean-name.ts';
import { SystemSigns } from './system-signs.ts';

/** An entry with what its first bytes reveal. */
export type IndexedMember = TarMember & { packing: Packing; text?: Buffer };

/** The most entries of one tarball; the largest systems have some two million files. */
const mostEntries = 10_000_000;
/** The most entries remembered by name: an archive of 500 images has fewer. */
const mostNames = 200_000;
const mostNameLetters = 32 * 1024 * 1024;
/** The most bytes of one description, and of all together; the largest known ones have some 200 kB. */
export const mostText = 4 * 1024 * 1024;
const mostTexts = 64 * 1024 * 1024;
/** The same for those in folders, of which systems are full. */
const mostFolderText = 1024 * 1024;
const mostFolderTexts = 16 * 1024 * 1024;

/** What a tarball contains, in bounded memory for any tarball. Later entries of a name replace earlier ones, as in the engine. */
export class ArchiveIndex {
  readonly members = new Map<string, IndexedMember>();
  readonly system = new SystemSigns();
  /** Lists that occur more than once: which one counts depends on the reader. */
  readonly repeated = new Set<string>();
  entries = 0;
  #nameLetters = 0;
  #textBytes = 0;
  #folderTextBytes = 0;
  #current: IndexedMember | undefined;
  #look: BodyLook | undefined;

  /** Whether more of the current body is needed. */
  get wantsBody(): boolean {
    return this.#look !== undefined;
  }

  /** Whether there are more entries than can be remembered. */
  get isFull(): boolean {
    return this.members.size >= mostNames || this.#nameLetters >= mostNameLetters;
  }

  take(piece: TarPiece): void {
    if (piece.kind === 'head') this.#takeMember(piece.member);
    else if (piece.kind === 'body' && this.#current && this.#look) this.#takeBody(this.#current, this.#look, piece.bytes);
  }

  #takeMember(member: TarMember): void {
    this.#look = undefined;
    if (++this.entries > mostEntries) throw excessive(`there are more than ${mostEntries.toLocaleString('en')} files`);
    const name = cleanName(member.name);
    if (name === undefined) throw leadsOut(member.name);
    this.system.see(name, member);
    if (name === '' || member.kind === 'folder') return;
    const present = this.members.get(name);
    if (present && isList(name)) this.repeated.add(name);
    // a list of images counts wherever it occurs
    if (!present && this.isFull && !isList(name)) return;
    if (!present) this.#nameLetters += name.length + member.linkName.length;
    const indexed: IndexedMember = { ...member, packing: 'none' };
    this.members.set(name, indexed);
    if (member.size === 0) return;
    this.#current = indexed;
    this.#look = new BodyLook(member.size, this.#mostKept(name));
  }

  #mostKept(name: string): number {
    if (isUsualPlace(name)) return Math.min(mostText, mostTexts - this.#textBytes);
    return isFolderPlace(name) ? Math.min(mostFolderText, mostFolderTexts - this.#folderTextBytes) : 0;
  }

  #takeBody(member: IndexedMember, look: BodyLook, bytes: Buffer): void {
    look.take(bytes);
    if (!look.isOver) return;
    member.packing = look.packing;
    member.text = look.text;
    if (isUsualPlace(cleanName(member.name) ?? '')) this.#textBytes += look.text?.length ?? 0;
    else this.#folderTextBytes += look.text?.length ?? 0;
    this.#look = undefined;
  }
}

/** Whether a file of that name is a list of images, or indicates that there is one. */
export const isList = (name: string): boolean => /^(?:manifest\.json|index\.json|oci-layout|repositories)$/.test(name);

// at the top, as docker, podman, kaniko and crane have them, or among the blobs
const isUsualPlace = (name: string): boolean => !name.includes('/') || /^blobs\/[^/]+\/[^/]+$/.test(name);

// docker takes a description from anywhere, and had each in a folder before 1.10
const isFolderPlace = (name: string): boolean => /^(?:[^/]+\/){1,3}(?:json|[^/]+\.json)$/.test(name);

const leadsOut = (name: string): RefusedArchive =>
  new RefusedArchive(
    'The file can’t be trusted',
    `It tries to put “${shownName(name.slice(0, 60))}” outside the folder it is unpacked in. No tool writes images like that; don’t use it.`,
  );
