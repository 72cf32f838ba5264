import { bytesOf } from '../name-bytes.ts';
import { signedNumber } from './parse-header.ts';
import type { StoredHeaders } from './tar-cutter.ts';

/** What a tarball says of an entry besides its name, kind, size and link. */
export type MemberAttributes = {
  /** Permissions with the bits for other owners: the lowest twelve. */
  mode: number;
  uid: number;
  gid: number;
  /** Seconds since 1970, may be a fraction. */
  modified: number;
  device?: { kind: 'character' | 'block'; major: number; minor: number };
  /** Extended attributes by name. */
  attributes?: ReadonlyMap<string, Buffer>;
};

/** Reads them as Go's archive/tar does, and so as engines do: a record counts for more than the field, an empty one for nothing. */
export function attributesOf({ own, records }: StoredHeaders): MemberAttributes {
  const type = own[156];
  const attributes = records && extendedAttributes(records);
  return {
    mode: signedNumber(own.subarray(100, 108)) & 0o7777,
    uid: recorded(records, 'uid') ?? signedNumber(own.subarray(108, 116)),
    gid: recorded(records, 'gid') ?? signedNumber(own.subarray(116, 124)),
    modified: recorded(records, 'mtime') ?? signedNumber(own.subarray(136, 148)),
    ...((type === 0x33 || type === 0x34) && { device: deviceOf(own) }),
    ...(attributes && { attributes }),
  };
}

function recorded(records: StoredHeaders['records'], key: string): number | undefined {
  const told = records?.get(key);
  if (!told) return undefined;
  const value = Number(told);
  return Number.isFinite(value) ? value : undefined;
}

const deviceOf = (own: Buffer): NonNullable<MemberAttributes['device']> => ({
  kind: own[156] === 0x33 ? 'character' : 'block',
  major: signedNumber(own.subarray(329, 337)),
  minor: signedNumber(own.subarray(337, 345)),
});

const prefix = 'SCHILY.xattr.';

function extendedAttributes(records: ReadonlyMap<string, string>): Map<string, Buffer> | undefined {
  let found: Map<string, Buffer> | undefined;
  for (const [key, value] of records) {
    if (!key.startsWith(prefix) || value === '') continue;
    found ??= new Map();
    found.set(key.slice(prefix.length), bytesOf(value));
  }
  return found;
}
