import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What an engine's folder holds of images, in bytes as that engine counts them. Read without asking the engine. */
export type DiskBytes = { packed: number; unpacked: number };

/** Reads the folder of a Docker Engine: containerd's store counts blocks, graph drivers the bytes of files. */
export function readDisk(dataRoot: string, store: 'containerd' | 'graph drivers'): DiskBytes {
  const containerd = join(dataRoot, 'containerd/daemon');
  const snapshots = join(containerd, 'io.containerd.snapshotter.v1.overlayfs/snapshots');
  if (store === 'graph drivers') return { packed: 0, unpacked: sumFiles(join(dataRoot, 'overlay2'), new Set()) };
  const blobs = join(containerd, 'io.containerd.content.v1.content/blobs/sha256');
  const packed = readdirSync(blobs).reduce((sum, name) => sum + lstatSync(join(blobs, name)).size, 0);
  // of one that is being removed, the folder goes last
  const folders = readdirSync(snapshots)
    .map((name) => join(snapshots, name, 'fs'))
    .filter((folder) => existsSync(folder));
  return { packed, unpacked: folders.reduce((sum, folder) => sum + blocksOf(folder), 0) };
}

function blocksOf(folder: string): number {
  const { stdout, status } = spawnSync('du', ['-s', '--block-size=1', folder], { encoding: 'utf8' });
  // it was removed meanwhile
  return status === 0 ? Number(stdout.split('\t')[0]) : 0;
}

/** Files in the layers' own folders, those with several names counted once. */
function sumFiles(overlay: string, seen: Set<number>): number {
  const layers = readdirSync(overlay).filter((name) => name !== 'l');
  return layers.reduce((sum, name) => sum + sumFolder(join(overlay, name, 'diff'), seen), 0);
}

function sumFolder(folder: string, seen: Set<number>): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + sumFolder(path, seen);
    const { ino, size } = lstatSync(path);
    if (!entry.isFile() || seen.has(ino)) return sum;
    seen.add(ino);
    return sum + size;
  }, 0);
}

/** How much less is there than before. */
export const lost = (before: DiskBytes, after: DiskBytes): DiskBytes => ({
  packed: before.packed - after.packed,
  unpacked: before.unpacked - after.unpacked,
});
