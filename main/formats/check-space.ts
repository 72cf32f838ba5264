import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FailureError } from '../engine/failure.ts';

/** Images pack to a half or a third; only what could not fit even then is refused before it is tried. */
const mostPacking = 10;

/** Rejects, before anything is written, where at least so many bytes of images cannot fit into the file's folder. */
export async function checkSpace(target: string, needed: number): Promise<void> {
  // a disk that does not say how much is free is tried
  const disk = await statfs(dirname(target)).catch(() => undefined);
  if (!disk || disk.blocks === 0) return;
  const free = disk.bavail * disk.bsize;
  const least = /\.(?:gz|tgz|zst|tzst)$/i.test(target) ? needed / mostPacking : needed;
  if (least <= free) return;
  throw new FailureError({
    kind: 'no-space',
    title: 'There is not enough room on that disk',
    detail: `The file needs at least ${inWords(least)}, and only ${inWords(free)} are free there. Nothing was written.`,
    hint: 'Free some space, or choose another place, and try again.',
  });
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

function inWords(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(power > 0 && value < 10 ? 1 : 0)} ${units[power]}`;
}
