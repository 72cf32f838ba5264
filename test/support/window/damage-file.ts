import { closeSync, openSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs';

/** Ways to damage an archive, each done to a file in place. */
export const damages: Record<'cut off' | 'garbage' | 'bit-flipped', (path: string) => void> = {
  'cut off': (path) => truncateSync(path, Math.floor(statSync(path).size * 0.6)),
  // after the first entry, so that it still looks like an image
  garbage: (path) => overwrite(path, 4096, Buffer.alloc(600_000, 0xa5)),
  'bit-flipped': (path) => {
    const place = Math.floor(statSync(path).size / 2);
    overwrite(path, place, Buffer.from([(readFileSync(path)[place] ?? 0) ^ 1]));
  },
};

function overwrite(path: string, place: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, place);
  closeSync(file);
}
