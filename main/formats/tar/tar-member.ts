import { damaged, RefusedArchive } from '../refused-archive.ts';
import type { RawHeader } from './parse-header.ts';

/** One entry of a tarball. */
export type TarMember = {
  /** As written; may begin with `/` or hold `..`. */
  name: string;
  kind: 'file' | 'hard-link' | 'symlink' | 'folder' | 'other';
  /** What a link points to. */
  linkName: string;
  /** Bytes of its body. */
  size: number;
  /** Where its body begins in the unpacked tarball. */
  offset: number;
  /** Its body leaves out holes: it is not the file's content. */
  isSparse: boolean;
};

/** What headers before an entry's own said of it. */
export type Extension = { records?: Map<string, string>; longName?: string; longLink?: string };

const kinds: Record<string, TarMember['kind']> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hard-link',
  '2': 'symlink',
  '5': 'folder',
};
/** Links, devices, folders and pipes have no body, whatever their size says; Go's reader, and so the engine, reads it like that. */
const bodiless = new Set(['1', '2', '3', '4', '5', '6']);

/**
 * Puts together what all headers of an entry say; the place of its body is added by who knows it. Engines read with Go's
 * archive/tar: what that would read otherwise than most other readers is refused, as a file could show one thing and be another.
 */
export function makeMember(header: RawHeader, extension: Extension): Omit<TarMember, 'offset'> {
  const { records, longLink } = extension;
  const name = nameOf(header, extension);
  const linkName = longLink || records?.get('linkpath') || header.linkName;
  if (name.includes('\0') || linkName.includes('\0')) throw damaged('a file has a name that cannot be');
  const kind = kinds[header.typeFlag] ?? 'other';
  const isFolder = kind === 'file' && header.typeFlag === '\0' && name.endsWith('/');
  return {
    name,
    kind: isFolder ? 'folder' : kind,
    linkName,
    size: isFolder || bodiless.has(header.typeFlag) ? 0 : sizeOf(header.size, records?.get('size')),
    isSparse: header.typeFlag === 'S' || [...(records?.keys() ?? [])].some((key) => key.startsWith('GNU.sparse.')),
  };
}

function nameOf(header: RawHeader, { records, longName }: Extension): string {
  const path = records?.get('path');
  if (longName === '' || path === '') throw unclearName('a file has an empty name beside its own');
  if (longName !== undefined && path !== undefined) throw unclearName('a file has two long names');
  const ofSparse = records?.get('GNU.sparse.name');
  if (ofSparse === undefined) return longName ?? path ?? header.name;
  if (ofSparse === '' || !hasHoles(records)) throw unclearName('a file has the name of one with holes, and has none');
  return ofSparse;
}

// the versions that Go's reader knows; before 0.1, none was told
function hasHoles(records: ReadonlyMap<string, string> | undefined): boolean {
  const version = [records?.get('GNU.sparse.major'), records?.get('GNU.sparse.minor')].join('.');
  return ['0.0', '0.1', '1.0'].includes(version) || (version === '.' && !!records?.get('GNU.sparse.map'));
}

/** For an entry that different readers call differently; `finding` begins with a small letter. */
export const unclearName = (finding: string): RefusedArchive =>
  new RefusedArchive(
    'The file is not to be trusted',
    `In it, ${finding}: it depends on the program which file that is. No tool writes images like that; do not use it.`,
  );

function sizeOf(size: number, told: string | undefined): number {
  if (told === undefined) return size;
  const value = Number(told);
  if (!/^\d+$/.test(told) || !Number.isSafeInteger(value)) throw damaged('a file has a size that cannot be');
  return value;
}
