import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { lstat, mkdir, readdir, realpath, rm, rmdir, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RegistryFolder } from '../../../../contract/registry.ts';
import { folderGone, folderNotWritable, folderReadOnly, hasAnotherDocker } from './folder-failures.ts';
import { ownFolder } from './own-storage.ts';

/** Where distribution keeps everything, below the folder that it is given. */
const registryFolder = [ownFolder, 'registry', 'v2'];
/** More repositories than are counted, and folders that are looked into for it. */
const mostCounted = 10_000;
const mostLooks = 100_000;

/** What programs of the system put into folders by themselves. */
const ofSystem =
  /^(?:\.DS_Store|\.Trash.*|\.Spotlight-V100|\.fseventsd|\.TemporaryItems|lost\+found|System Volume Information|\$RECYCLE\.BIN|desktop\.ini|Thumbs\.db)$/;

/** What is in a folder in which a registry shall keep its images. Rejects with the failure to show if it can't. */
export async function lookAtFolder(given: string): Promise<RegistryFolder> {
  const path = await realpath(given).catch((error) => Promise.reject(folderGone(given, error)));
  const entries = await readdir(path).catch((error) => Promise.reject(folderGone(given, error)));
  const inDocker = entries.includes(ownFolder) ? await readdir(join(path, ownFolder)).catch(() => []) : [];
  const hasRegistry = await isFolder(join(path, ...registryFolder));
  // files of another program, which would be the registry's from then on; a link would lead the engine somewhere else
  if ((!hasRegistry && inDocker.length > 0) || (await isLink(join(path, ownFolder)))) throw hasAnotherDocker(path);
  const disk = await statfs(path).catch(() => undefined);
  return {
    path,
    others: entries.filter((name) => name !== ownFolder && !ofSystem.test(name)).length,
    ...(hasRegistry && { repositories: await countRepositories(join(path, ...registryFolder, 'repositories')) }),
    ...(disk && disk.blocks > 0 && { free: disk.bavail * disk.bsize }),
  };
}

/** Throws unless the folder of a registry is where it was: a disk that isn't plugged in leaves an empty one, or none. */
export async function checkFolderIsThere(path: string): Promise<void> {
  if (!(await isFolder(join(path, ownFolder)))) throw folderGone(path);
}

/** Makes the folders of a registry, so that it is known again even if nothing was pushed to it. */
export async function prepareFolder(path: string): Promise<void> {
  await mkdir(join(path, ...registryFolder), { recursive: true }).catch((error) => Promise.reject(notWritable(path, error)));
}

/** Removes the folders of a registry that keeps nothing in them. */
export async function removeEmptyFolders(path: string): Promise<void> {
  for (let depth = registryFolder.length; depth > 0; depth--) {
    await rmdir(join(path, ...registryFolder.slice(0, depth))).catch(() => {}); // it isn't empty
  }
}

/**
 * Puts a file into the folder that nobody can have put there, and passes its name to `use`; undefined if the folder belongs to somebody
 * else, such as the engine. Throws if nobody can write there.
 */
export async function withMark<T>(path: string, use: (name: string | undefined) => Promise<T>): Promise<T> {
  const name = `layerdeck-${randomBytes(8).toString('hex')}`;
  const mark = join(path, ownFolder, name);
  const isMade = await writeFile(mark, '').then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EROFS') throw folderReadOnly(path, error);
      return false;
    },
  );
  try {
    return await use(isMade ? name : undefined);
  } finally {
    if (isMade) await rm(mark, { force: true }).catch(() => {}); // the disk went away
  }
}

/** The bytes of all blobs in a registry's folder; undefined if they can't be read. */
export async function folderSize(path: string): Promise<number | undefined> {
  try {
    let size = 0;
    const blobs = join(path, ...registryFolder, 'blobs');
    for (const entry of await readdir(blobs, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) size += (await stat(join(entry.parentPath, entry.name))).size;
    return size;
  } catch (error) {
    // nothing was pushed yet
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && (await isFolder(join(path, ...registryFolder))) ? 0 : undefined;
  }
}

const notWritable = (path: string, error: NodeJS.ErrnoException) =>
  error.code === 'EROFS' ? folderReadOnly(path, error) : folderNotWritable(path, error);

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const isLink = (path: string): Promise<boolean> =>
  lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );

/** How many repositories are in a registry's folder: those that have layers or images, whatever is below them. */
async function countRepositories(root: string): Promise<number> {
  let found = 0;
  let looks = 0;
  const waiting = [root];
  for (let path = waiting.pop(); path !== undefined && found < mostCounted && looks++ < mostLooks; path = waiting.pop()) {
    const entries: Dirent[] = await readdir(path, { withFileTypes: true }).catch(() => []);
    if (entries.some(({ name }) => name === '_manifests')) found++;
    for (const entry of entries) if (entry.isDirectory() && !entry.name.startsWith('_')) waiting.push(join(path, entry.name));
  }
  return found;
}
