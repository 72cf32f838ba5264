import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import type { BuildOrder } from './build-image.ts';
import { type ContextEntry, walkContext } from './context-walk.ts';
import type { ContextWitness } from './context-witness.ts';
import { IgnorePatterns, readIgnoreFile } from './ignore-patterns.ts';

type Header = Parameters<Pack['entry']>[0];

export type TarContext = {
  body: Readable;
  /** Why the folder could not be read to its end: the engine only sees a connection that breaks off. */
  problem(): Error | undefined;
};

/** Packs a folder as the docker CLI does, so that the classic builder finds what it built before in its cache. */
export function tarContext(order: BuildOrder, signal: AbortSignal, witness: ContextWitness): TarContext {
  const tar = pack();
  let problem: Error | undefined;
  tar.on('error', () => {}); // an engine that refuses early closes the connection under us; the request tells why
  signal.addEventListener('abort', () => tar.destroy(), { once: true });
  fill(tar, order, witness).then(
    () => tar.finalize(),
    (error: Error) => {
      if (!tar.destroyed) problem = error;
      tar.destroy(error);
    },
  );
  return { body: Readable.from(tar, { objectMode: false, highWaterMark: 1024 * 1024 }), problem: () => problem };
}

async function fill(tar: Pack, { folder, dockerfile }: BuildOrder, witness: ContextWitness): Promise<void> {
  const hardLinks = new Map<bigint, string>();
  const exclude = await readIgnored(folder, dockerfile);
  for await (const entry of walkContext(folder, { exclude, childrenAlone: true })) {
    const header = headerOf(entry, hardLinks);
    if (!header) continue;
    witness.saw(entry);
    await addEntry(tar, entry.file, header);
  }
}

async function readIgnored(folder: string, dockerfile: string): Promise<IgnorePatterns> {
  const text = await readFile(join(folder, '.dockerignore'), 'utf8').catch(() => '');
  const patterns = readIgnoreFile(text);
  // the builder itself needs these two, whatever the file says
  return new IgnorePatterns([...patterns, '!.dockerignore', `!${dockerfile}`]);
}

async function addEntry(tar: Pack, file: string, header: Header): Promise<void> {
  if (header.type !== 'file' || header.size === 0) return addHeader(tar, header);
  const written = tar.entry(header);
  // a file that grows while it is read must not run over the size that was announced
  await pipeline(createReadStream(file, { end: (header.size ?? 1) - 1, highWaterMark: 1024 * 1024 }), written);
}

const addHeader = (tar: Pack, header: Header): Promise<void> =>
  new Promise((resolve, reject) => {
    tar.entry(header, '', (error) => (error ? reject(error) : resolve()));
  });

// The classic cache looks at name, mode, owner, size, kind and link target, and not at the time of change.
function headerOf({ path, stat, linkTarget }: ContextEntry, hardLinks: Map<bigint, string>): Header | undefined {
  const common = { uid: 0, gid: 0, mode: Number(stat.mode & 0o7777n), mtime: new Date(Math.floor(Number(stat.mtimeMs) / 1000) * 1000) };
  // the slash has to be given: tar-stream leaves it out of long names
  if (stat.isDirectory()) return { ...common, name: `${path}/`, type: 'directory' };
  if (linkTarget !== undefined) return { ...common, name: path, type: 'symlink', linkname: linkTarget };
  const first = stat.nlink > 1n ? hardLinks.get(stat.ino) : undefined;
  if (first !== undefined) return { ...common, name: path, type: 'link', linkname: first };
  if (stat.nlink > 1n) hardLinks.set(stat.ino, path);
  if (stat.isFIFO()) return { ...common, name: path, type: 'fifo' };
  return stat.isFile() ? { ...common, name: path, type: 'file', size: Number(stat.size) } : undefined;
}
