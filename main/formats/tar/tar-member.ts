import { damaged } from '../refused-archive.ts';
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

/** Puts together what all headers of an entry say; the place of its body is added by who knows it. */
export function makeMember(header: RawHeader, { records, longName, longLink }: Extension): Omit<TarMember, 'offset'> {
  const name = records?.get('GNU.sparse.name') ?? records?.get('path') ?? longName ?? header.name;
  const linkName = records?.get('linkpath') ?? longLink ?? header.linkName;
  if (name.includes('\0') || linkName.includes('\0')) throw damaged('a file has a name that cannot be');
  const kind = kinds[header.typeFlag] ?? 'other';
  const isFolder = kind === 'file' && header.typeFlag === '\0' && name.endsWith('/');
  return {
    name,
    kind: isFolder ? 'folder' : kind,
    linkName,
    size: bodiless.has(header.typeFlag) ? 0 : sizeOf(header.size, records?.get('size')),
    isSparse: header.typeFlag === 'S' || [...(records?.keys() ?? [])].some((key) => key.startsWith('GNU.sparse.')),
  };
}

function sizeOf(size: number, told: string | undefined): number {
  if (told === undefined) return size;
  const value = Number(told);
  if (!/^\d+$/.test(told) || !Number.isSafeInteger(value)) throw damaged('a file has a size that cannot be');
  return value;
}
