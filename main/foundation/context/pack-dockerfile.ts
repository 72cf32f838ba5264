import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { placeDockerfile } from '../dockerfile/place-dockerfile.ts';
import { usualIgnoreFile } from './ignore-file.ts';

/** A file in the tarball that is not in the folder, or differs from the one there. */
export type PackedFile = { name: string; content: Buffer; mode: number; modified: number };

/**
 * The classic builder sees only the tarball, so a Dockerfile outside the folder, or one that a link leads to, is added under a
 * made-up name. As with docker's command, .dockerignore lists that name, so that no COPY takes the file along; the name is
 * always the same, so that the cache still works. Undefined if the Dockerfile is in the folder.
 */
export async function packDockerfile(folder: string, dockerfile: string): Promise<{ name: string; files: PackedFile[] } | undefined> {
  const file = resolve(folder, dockerfile);
  const [real, root] = await Promise.all([realpath(file), realpath(folder)]);
  if (!isAbsolute(placeDockerfile(root, real))) return undefined;
  const name = `.dockerfile.${createHash('sha256').update(file).digest('hex').slice(0, 20)}`;
  const ignoreFile = join(folder, usualIgnoreFile);
  const [content, ignored, found] = await Promise.all([
    readFile(file),
    readFile(ignoreFile).catch(() => Buffer.from(usualIgnoreFile)),
    stat(ignoreFile).catch(() => undefined),
  ]);
  const own = { mode: 0o600, modified: 0 };
  const ofIgnoreFile = found?.isFile() ? { mode: found.mode, modified: Math.floor(found.mtimeMs / 1000) } : own;
  return {
    name,
    files: [
      { name, content, ...own },
      { name: usualIgnoreFile, content: Buffer.concat([ignored, Buffer.from(`\n${name}\n`)]), ...ofIgnoreFile },
    ],
  };
}
