import { shownName } from '../name-bytes.ts';
import { damaged, RefusedArchive } from '../refused-archive.ts';
import { holesOf } from './holes.ts';
import type { RawHeader } from './parse-header.ts';

/** A tarball entry. */
export type TarMember = {
  /** As written; may begin with `/` or contain `..`. */
  name: string;
  kind: 'file' | 'hard-link' | 'symlink' | 'folder' | 'other';
  /** What a link points to. */
  linkName: string;
  /** Bytes of its body. */
  size: number;
  /** Where its body begins in the unpacked tarball. */
  offset: number;
  /** Its body leaves out holes in a way that engines cannot read: the body is not the file's content. */
  isSparse: boolean;
};

/** What headers before an entry's own said about it. */
export type Extension = { records?: Map<string, string>; longName?: string; longLink?: string };

const kinds: Record<string, TarMember['kind']> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hard-link',
  '2': 'symlink',
  '5': 'folder',
  // devices and pipes
  '3': 'other',
  '4': 'other',
  '6': 'other',
};
/** Links, devices, folders and pipes have no body, whatever their size says; Go's reader, and so the engine, sees it that way. */
const bodiless = new Set(['1', '2', '3', '4', '5', '6']);

/**
 * Combines what all headers of an entry say; the caller adds the offset of its body. Engines read with Go's archive/tar:
 * whatever that reads differently from most other readers is refused, as a file could show one thing and be another.
 */
export function makeMember(header: RawHeader, extension: Extension): Omit<TarMember, 'offset'> {
  const { records, longLink } = extension;
  const name = nameOf(header, extension);
  const linkName = longLink || records?.get('linkpath') || header.linkName;
  if (name.includes('\0') || linkName.includes('\0')) throw damaged('a file has an impossible name');
  const kind = kinds[header.typeFlag];
  if (!kind) throw unknownKind(name);
  const isFolder = kind === 'file' && header.typeFlag === '\0' && name.endsWith('/');
  return {
    name,
    kind: isFolder ? 'folder' : kind,
    linkName,
    size: isFolder || bodiless.has(header.typeFlag) ? 0 : sizeOf(header.size, records?.get('size')),
    isSparse: header.typeFlag === 'S' || (!holesOf(records) && [...(records?.keys() ?? [])].some((key) => key.startsWith('GNU.sparse.'))),
  };
}

function nameOf(header: RawHeader, { records, longName }: Extension): string {
  const path = records?.get('path');
  if (longName === '' || path === '') throw unclearName('a file has an empty name besides its own');
  if (longName !== undefined && path !== undefined) throw unclearName('a file has two long names');
  const ofSparse = records?.get('GNU.sparse.name');
  if (ofSparse === undefined) return longName ?? path ?? header.name;
  if (ofSparse === '' || !holesOf(records)) throw unclearName('a file is named like one with holes but has none');
  return ofSparse;
}

/** For an entry that different readers name differently; `finding` begins with a lowercase letter. */
export const unclearName = (finding: string): RefusedArchive =>
  new RefusedArchive(
    'The file can’t be trusted',
    `In this file, ${finding}, so programs disagree about which file it is. No tool writes images like that; don’t use it.`,
  );

// docker fails at such a file, and others take it for an ordinary one
const unknownKind = (name: string): RefusedArchive =>
  new RefusedArchive(
    'Something in the file is of an unknown kind',
    `“${shownName(name.slice(0, 60))}” is neither a file, a folder nor a link that an engine could read: the file is damaged, or was packed by a program with its own format. Save it again, or unpack it and pack the result.`,
  );

function sizeOf(size: number, told: string | undefined): number {
  if (told === undefined) return size;
  const value = Number(told);
  if (!/^\d+$/.test(told) || !Number.isSafeInteger(value)) throw damaged('a file has an impossible size');
  return value;
}
