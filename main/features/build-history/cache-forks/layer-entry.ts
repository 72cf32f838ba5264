import { createHash } from 'node:crypto';
import { text } from '../../../foundation/formats/tar/parse-header.ts';
import type { TarPiece } from '../../../foundation/formats/tar/tar-cutter.ts';
import type { TarMember } from '../../../foundation/formats/tar/tar-member.ts';

/** A file, folder or link in a layer, with everything a layer stores about it. */
export type LayerEntry = {
  /** Without leading or trailing slashes. */
  path: string;
  kind: TarMember['kind'] | 'removal';
  /** The kind and numbers of a device; '' for everything else. */
  device: string;
  mode: number;
  uid: number;
  gid: number;
  /** Seconds since 1970, as written: a fraction may be too fine for a number. */
  time: string;
  size: number;
  linkName: string;
  /** Digest of the extended attributes; '' if there are none. */
  attributes: string;
  /** Digest of its bytes; '' if it has none. */
  content: string;
};

/** Reads an entry's headers; its content comes later. */
export function entryOf({ member, bytes, records }: Extract<TarPiece, { kind: 'head' }>): LayerEntry {
  const own = bytes.subarray(-512);
  const whole = member.name.replace(/^(?:\.?\/)+|\/+$/g, '');
  const isRemoval = /(?:^|\/)\.wh\.[^/]+$/.test(whole);
  return {
    path: isRemoval ? whole.replace(/\.wh\.([^/]+)$/, '$1') : whole,
    kind: isRemoval ? 'removal' : member.kind,
    device: member.kind === 'other' ? own.toString('latin1', 156, 157) + own.toString('latin1', 329, 345) : '',
    mode: octal(own.subarray(100, 108)) & 0o7777,
    uid: Number(records?.get('uid') ?? octal(own.subarray(108, 116))),
    gid: Number(records?.get('gid') ?? octal(own.subarray(116, 124))),
    time: records?.get('mtime') ?? String(octal(own.subarray(136, 148))),
    size: member.size,
    linkName: member.linkName,
    attributes: digestAttributes(records),
    content: '',
  };
}

const octal = (field: Buffer): number => Number.parseInt(text(field).trim() || '0', 8) || 0;

function digestAttributes(records: ReadonlyMap<string, string> | undefined): string {
  const attributes = [...(records ?? [])].filter(([key]) => /^(?:SCHILY|LIBARCHIVE)\.xattr\./.test(key)).sort();
  return attributes.length === 0 ? '' : createHash('sha256').update(JSON.stringify(attributes)).digest('base64');
}
