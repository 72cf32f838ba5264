import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, linkSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { bytesOf, placeIn } from '../../../main/foundation/formats/name-bytes.ts';
import type { MadeContext, MadeCopy, MadeEntry } from './made-context.ts';

/** Writes a made-up context into an empty folder. What the file system cannot hold is left out, for both sides alike. */
export async function writeContext(root: string, { entries, ignore, copies, depth }: MadeContext): Promise<void> {
  // salted, so that no cache knows it
  writeFileSync(`${root}/salt`, String(Math.random()));
  for (const entry of entries) await attempt(() => writeEntry(root, entry, entries));
  let deep = `${root}/deep`;
  for (let level = 0; level < depth; level++) {
    mkdirSync(deep);
    deep += '/d';
  }
  if (ignore) writeFileSync(`${root}/.dockerignore`, bytesOf(ignore.join('\n')));
  writeFileSync(`${root}/Dockerfile`, bytesOf(['FROM scratch', ...copies.map(instructionOf), ''].join('\n')));
}

async function writeEntry(root: string, { path, kind, mode, content }: MadeEntry, entries: MadeEntry[]): Promise<void> {
  for (const end of path.keys()) if (end > 0) await attempt(() => mkdirSync(placeIn(root, path.slice(0, end).join('/'))));
  const place = placeIn(root, path.join('/'));
  if (lstatSync(place, { throwIfNoEntry: false })) return;
  if (kind === 'file') writeFileSync(place, content);
  else if (kind === 'folder') mkdirSync(place);
  else if (kind === 'link') return symlinkSync(bytesOf(content), place);
  else if (kind === 'hard-link') return linkSync(placeIn(root, entries[Number(content)]?.path.join('/') ?? ''), place);
  else await makeSpecial(place, kind);
  chmodSync(place, kind === 'folder' ? mode | 0o700 : mode);
}

async function makeSpecial(place: string | Buffer, kind: 'pipe' | 'socket' | 'device'): Promise<void> {
  if (kind === 'socket') return makeSocket(place);
  // Node can make neither; a name that isn't text reaches the program through its input
  const words = kind === 'pipe' ? ['-I{}', 'mkfifo', '{}'] : ['-I{}', 'mknod', '{}', 'c', '1', '3'];
  spawnSync('xargs', ['-0', ...words], { input: Buffer.concat([Buffer.from(place), Buffer.of(0)]) });
}

// the socket is opened under a short and plain name, and moved from there
async function makeSocket(place: string | Buffer): Promise<void> {
  const short = mkdtempSync(`${tmpdir()}/s-`);
  const server = createServer().listen(`${short}/s`);
  await once(server, 'listening');
  renameSync(`${short}/s`, place);
  server.close();
  rmSync(short, { recursive: true });
}

function instructionOf({ keyword, sources, asJson }: MadeCopy, place: number): string {
  const target = `/c${place}/`;
  const plain = sources.every((source) => !/[\s"'\\$#<]/.test(source) && !source.startsWith('[') && !source.startsWith('-'));
  if (asJson || !plain)
    return `${keyword} ${JSON.stringify([...sources, target]).replace(/\\u(dc[89a-f].)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))}`;
  return `${keyword} ${sources.join(' ')} ${target}`;
}

async function attempt(act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch {
    // a file in place of a folder, a name that is too long, a missing target
  }
}
