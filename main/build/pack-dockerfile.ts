import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { placeDockerfile } from './folder/place-dockerfile.ts';

/** A file of the tarball that is not in the folder, or not as it is there. */
export type PackedFile = { name: string; content: Buffer; mode: number; modified: number };

/**
 * The classic builder only sees the tarball: a Dockerfile that lies outside of the folder, or that a link leads to there,
 * goes along under a made-up name. As docker's command does, it is named in .dockerignore, so that no COPY takes it along;
 * the name is the same each time, so that the cache holds. Undefined where the Dockerfile is in the folder.
 */
export async function packDockerfile(folder: string, dockerfile: string): Promise<{ name: string; files: PackedFile[] } | undefined> {
  const file = resolve(folder, dockerfile);
  const [real, root] = await Promise.all([realpath(file), realpath(folder)]);
  if (!isAbsolute(placeDockerfile(root, real))) return undefined;
  const name = `.dockerfile.${createHash('sha256').update(file).digest('hex').slice(0, 20)}`;
  const ignoreFile = join(folder, '.dockerignore');
  const [content, ignored, found] = await Promise.all([
    readFile(file),
    readFile(ignoreFile).catch(() => Buffer.from('.dockerignore')),
    stat(ignoreFile).catch(() => undefined),
  ]);
  const own = { mode: 0o600, modified: 0 };
  const ofIgnoreFile = found?.isFile() ? { mode: found.mode, modified: Math.floor(found.mtimeMs / 1000) } : own;
  return {
    name,
    files: [
      { name, content, ...own },
      { name: '.dockerignore', content: Buffer.concat([ignored, Buffer.from(`\n${name}\n`)]), ...ofIgnoreFile },
    ],
  };
}
