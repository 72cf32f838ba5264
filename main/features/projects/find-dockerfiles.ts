import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDockerfileName } from '../../foundation/dockerfile/dockerfile-name.ts';

/** How deep below the chosen folder to look for Dockerfiles, in how many folders at most, and how many are enough. */
const deepest = 4;
const mostFolders = 2000;
const mostFound = 100;

// folders that tools fill, which may be huge and hold nobody's own files
const skipped = new Set(['node_modules', 'bower_components', 'vendor', 'venv', '__pycache__', 'target', 'dist', 'Pods']);

/** The Dockerfiles in a folder and below it, relative with `/`: the nearest first, the plain name before others. */
export async function findDockerfiles(root: string): Promise<string[]> {
  const found: string[] = [];
  let level = [''];
  let read = 0;
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const within = level.slice(0, mostFolders - read);
    read += within.length;
    const listed = await Promise.all(within.map(async (folder) => ({ folder, entries: await entriesOf(join(root, folder), depth) })));
    const files = listed.flatMap(({ folder, entries }) =>
      entries.filter((entry) => !entry.isDirectory() && isDockerfileName(entry.name)).map(({ name }) => inner(folder, name)),
    );
    found.push(...files.sort((a, b) => a.length - b.length || a.localeCompare(b)));
    if (found.length >= mostFound) break;
    level = listed.flatMap(({ folder, entries }) => entries.filter(mayHold).map(({ name }) => inner(folder, name)));
  }
  return found.slice(0, mostFound);
}

const inner = (folder: string, name: string): string => (folder ? `${folder}/${name}` : name);

// links are not followed: they may lead out of the folder or in a circle
const mayHold = (entry: Dirent): boolean =>
  entry.isDirectory() && !skipped.has(entry.name) && !/^\.(?!docker$|devcontainer$)/.test(entry.name);

// only the chosen folder itself has to be readable
async function entriesOf(folder: string, depth: number): Promise<Dirent[]> {
  if (depth === 0) return readdir(folder, { withFileTypes: true });
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
