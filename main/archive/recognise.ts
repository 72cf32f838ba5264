import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { readStart } from '../formats/image-archive/read-start.ts';
import { refuseFile } from '../formats/image-archive/refuse-file.ts';
import { detectPacking } from '../formats/packing/detect-packing.ts';

export type Recognised = { kind: 'folder' | 'tarball' } | { kind: 'other'; reason: string };

/** Tells by its first bytes what a dropped or chosen path is. What a tarball holds is seen by its preview. */
export async function recognise(path: string): Promise<Recognised & { size: number }> {
  const facts = await stat(path);
  if (facts.isDirectory()) return { kind: 'folder', size: 0 };
  const { size } = facts;
  // a pipe or a device may have nothing to read for ever
  if (!facts.isFile()) return { kind: 'other', size: 0, reason: 'It is neither a file nor a folder.' };
  const start = await readStart(path);
  if (detectPacking(start)) return { kind: 'tarball', size };
  const { title, reason } = refuseFile(start, size, basename(path));
  return { kind: 'other', size, reason: `${title}. ${reason}` };
}
