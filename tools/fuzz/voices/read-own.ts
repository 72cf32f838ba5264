import { createHash } from 'node:crypto';
import type { Packing } from '../../../contract/archive.ts';
import { bytesOf, isText } from '../../../main/foundation/formats/name-bytes.ts';
import { lookAtFile } from '../../../main/foundation/formats/packing/look-at-file.ts';
import { unpack } from '../../../main/foundation/formats/packing/unpack.ts';
import { blockSize } from '../../../main/foundation/formats/tar/parse-header.ts';
import { TarCutter } from '../../../main/foundation/formats/tar/tar-cutter.ts';
import { cleanName } from '../../../main/foundation/image-archive/clean-name.ts';

/** With the digest of its content, if it has any. */
export type Entry = { name: string; kind: string; size: number; digest: string };

export type OwnReading = {
  entries: Entry[];
  /** Go's reader, and so the engine, ignores records about all files; others follow them. */
  hasGlobal: boolean;
  /** In a format that engines refuse. */
  hasHoles: boolean;
  /** In a format that is read. */
  hasFilled: boolean;
};

/** What another reader finds in a file that ours accepts: the same, or why the two may differ, or a bug. */
export type Compared = { agreed: string } | { find: string };

/** A tarball as our own reader sees it. */
export async function readOwn(path: string, packing: Packing): Promise<OwnReading> {
  const cutter = new TarCutter();
  const entries: Entry[] = [];
  let hasGlobal = false;
  let hash = createHash('sha256');
  const end = () => {
    const last = entries.at(-1);
    if (last && last.size > 0) last.digest = hash.digest('hex');
    hash = createHash('sha256');
  };
  for await (const chunk of unpack({ ...(await lookAtFile(path)), packing }, { onRead: () => {} })) {
    for (const piece of cutter.cut(chunk)) {
      if (piece.kind === 'body') hash.update(piece.bytes);
      if (piece.kind !== 'head') continue;
      end();
      for (let at = 0; at < piece.bytes.length; at += blockSize) hasGlobal ||= piece.bytes[at + 156] === 0x67;
      const { name, kind, size, isSparse } = piece.member;
      if (isSparse) return { entries: [], hasGlobal, hasHoles: true, hasFilled: false };
      entries.push({ name, kind, size: kind === 'file' ? size : 0, digest: '' });
    }
  }
  end();
  return { entries, hasGlobal, hasHoles: false, hasFilled: cutter.hasFilled };
}

/** The name as our index has it; if it is not UTF-8, it is read byte by byte. */
export const indexedName = (name: string): string => cleanName(isText(name) ? name : bytesOf(name).toString('latin1')) ?? '';
