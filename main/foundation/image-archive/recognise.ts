import { stat } from 'node:fs/promises';
import { lookAtFile } from '../formats/packing/look-at-file.ts';
import { looksLikeReceipt } from '../receipts/read-receipt-file.ts';
import { isDockerfile, refuseFile } from './refuse-file.ts';

export type Recognised = { kind: 'folder' | 'tarball' | 'receipt' } | { kind: 'other'; reason: string; looksLikeDockerfile?: true };

/** Tells what a dropped or chosen path is by its first bytes. The preview shows what a tarball holds. */
export async function recognise(path: string): Promise<Recognised & { size: number }> {
  const facts = await stat(path);
  if (facts.isDirectory()) return { kind: 'folder', size: 0 };
  const { size } = facts;
  // a pipe or a device may never have anything to read
  if (!facts.isFile()) return { kind: 'other', size: 0, reason: 'It is neither a file nor a folder.' };
  const file = await lookAtFile(path);
  if (file.packing) return { kind: 'tarball', size };
  if (looksLikeReceipt(file.start)) return { kind: 'receipt', size };
  const { title, reason } = refuseFile(file);
  return {
    kind: 'other',
    size,
    reason: `${title}. ${reason}`,
    ...(isDockerfile(Buffer.from(file.start).toString('latin1')) && { looksLikeDockerfile: true }),
  };
}
