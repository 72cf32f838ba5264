import { chmod, lstat, mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { isAbsolute, join, posix } from 'node:path';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { bytesOf } from '../../../foundation/formats/name-bytes.ts';
import type { FileRange } from '../reading/file-ranges.ts';
import type { KeptFile } from '../stack/kept-files.ts';
import { SafeNames } from './safe-names.ts';

export type Saving = {
  /** A folder comes before what is in it; the first is what is saved. */
  files: KeptFile[];
  /** Writes the bytes of files into new ones. */
  extract(layers: PlacedRanges[]): Promise<void>;
  signal: AbortSignal;
};

/** Files by the place of their layer in the image. */
export type PlacedRanges = { layer: number; ranges: FileRange[] };

export type Saved = {
  /** Files that were written. */
  files: number;
  /** Links that lead out of what was saved, devices and pipes: nobody could use them here, or they could do harm. */
  leftOut: number;
};

/**
 * Saves a folder of an image as a new folder. An image is treated as hostile: nothing is written through a link, since links are made
 * last and only those that lead to what is saved, too; names lose what could lead elsewhere; owners, and the right to run as another
 * user, are left behind. If anything fails, the folder is removed again.
 */
export async function saveFolder(target: string, { files, extract, signal }: Saving): Promise<Saved> {
  if (await lstat(target).catch(() => undefined)) throw isThere;
  await mkdir(target);
  try {
    return await writeInto(target, { files, extract, signal });
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw error;
  }
}

/** Saves one file of an image into a new file, beside which it then gets its name. */
export async function saveFile(path: string, [file]: KeptFile[], extract: Saving['extract']): Promise<void> {
  if (file?.kind !== 'file') throw notAFile;
  const { bytes } = file;
  if (!bytes) await writeFile(path, '', { flag: 'wx' });
  else await extract([{ layer: bytes.layer, ranges: [{ ...bytes, target: path }] }]);
  await finish(path, file);
}

async function writeInto(target: string, { files, extract, signal }: Saving): Promise<Saved> {
  const names = new SafeNames(process.platform);
  /** Where each folder of the image went, by its path there. */
  const places = new Map<string, string>([['', target]]);
  const written: { path: string; file: KeptFile }[] = [];
  const links: { path: string; file: KeptFile }[] = [];
  const ranges = new Map<number, FileRange[]>();
  let leftOut = 0;
  for (const file of files.slice(1)) {
    signal.throwIfAborted();
    const folder = places.get(file.parts.slice(0, -1).join('/')) ?? target;
    const path = join(folder, names.nameIn(folder, file.parts.at(-1) ?? ''));
    if (file.kind === 'folder') {
      await mkdir(path);
      places.set(file.parts.join('/'), path);
    } else if (file.kind === 'file') {
      written.push({ path, file });
      if (file.bytes) {
        const own = ranges.get(file.bytes.layer) ?? [];
        own.push({ ...file.bytes, target: path });
        ranges.set(file.bytes.layer, own);
      } else await writeFile(path, '', { flag: 'wx' });
    } else if (file.kind === 'symlink' && leadsInside(file)) links.push({ path, file });
    else leftOut++;
  }
  if (ranges.size > 0) await extract([...ranges].map(([layer, wanted]) => ({ layer, ranges: wanted })));
  for (const { path, file } of written) await finish(path, file);
  for (const { path, file } of links) await symlink(bytesOf(file.link), path);
  return { files: written.length, leftOut };
}

/** Whether a link leads to something in the folder that is saved. Windows has no such links for everybody. */
function leadsInside({ parts, link }: KeptFile): boolean {
  if (process.platform === 'win32' || link === '' || isAbsolute(link)) return false;
  const from = parts.slice(0, -1).join('/');
  const leads = posix.normalize(posix.join(from, link));
  return leads !== '..' && !leads.startsWith('../') && !posix.isAbsolute(leads);
}

/** Its time, and whether it can be run. */
async function finish(path: string, { mode, modified }: KeptFile): Promise<void> {
  await chmod(path, mode & 0o111 ? 0o755 : 0o644);
  await utimes(path, modified, modified);
}

const isThere = new FailureError({
  kind: 'invalid-input',
  title: 'There’s something with that name already',
  detail: 'A folder of an image is saved as a new folder. Nothing was written.',
  hint: 'Choose another name.',
});

export const notAFile = new FailureError({
  kind: 'invalid-input',
  title: 'This isn’t a file',
  detail: 'It is a link, a device or a pipe, which has no bytes of its own.',
  hint: 'Save the folder that it is in, or what the link leads to.',
});
