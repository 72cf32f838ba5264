import { createHash } from 'node:crypto';
import { type TarEntry, tarEnd, tarHeader, tarPadding } from '../../main/foundation/formats/tar/tar-header.ts';

/** One entry for a made-up tarball. */
export type MadeEntry = Partial<Omit<TarEntry, 'size'>> & {
  name: string;
  body?: Buffer | string;
  /** Instead of the body's own size. */
  size?: number;
};

/** Header, body and padding of one entry. */
export function entryBytes({ body = '', ...entry }: MadeEntry): Buffer {
  const bytes = Buffer.from(body);
  const header = tarHeader({ kind: 'file', mode: 0o644, modified: 0, size: bytes.length, ...entry });
  return Buffer.concat([header, bytes, tarPadding(bytes.length)]);
}

/** A whole tarball. */
export const tarball = (...entries: MadeEntry[]): Buffer => Buffer.concat([...entries.map(entryBytes), tarEnd()]);

/** A header with some bytes changed and its checksum corrected. */
export function patched(header: Buffer, patches: Record<number, string | Buffer>): Buffer {
  const block = Buffer.from(header);
  for (const [offset, bytes] of Object.entries(patches)) Buffer.from(bytes).copy(block, Number(offset));
  block.write('        ', 148);
  const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

export const hexOf = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
export const digestOf = (bytes: Buffer | string): string => `sha256:${hexOf(bytes)}`;
