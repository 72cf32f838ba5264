import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FailureError } from '../failures/failure.ts';

/** Images usually pack to a half or a third of their size; only what could not fit even at this ratio is refused in advance. */
const mostPacking = 10;

/** Rejects if that many bytes of images cannot possibly fit on the disk of the file's folder. `so`: what that means for what was written so far. */
export async function checkSpace(target: string, needed: number, so = ' Nothing was written.'): Promise<void> {
  // a disk that does not report its free space gets a try
  const disk = await statfs(dirname(target)).catch(() => undefined);
  if (!disk || disk.blocks === 0) return;
  const free = disk.bavail * disk.bsize;
  const least = /\.(?:gz|tgz|zst|tzst)$/i.test(target) ? needed / mostPacking : needed;
  if (least <= free) return;
  throw new FailureError({
    kind: 'no-space',
    title: 'There isn’t enough space on that disk',
    detail: `The file needs at least ${inWords(least)}, but only ${inWords(free)} are free.${so}`,
    hint: 'Free some space, or choose another place, and try again.',
  });
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** `1.2 GB`. */
export function inWords(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power > 0 && value < 10 ? 1 : 0)} ${units[power]}`;
}
