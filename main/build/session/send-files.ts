import { createReadStream } from 'node:fs';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import pLimit from 'p-limit';
import { type ContextEntry, walkWithAttributes } from '../context-walk.ts';
import type { ContextWitness } from '../context-witness.ts';
import { IgnorePatterns } from '../ignore-patterns.ts';
import { type Packet, packetType, type Stat } from './protocols.ts';

type Call = ServerDuplexStream<Packet, Packet>;

/** Bytes of a file in one message. */
const pieceSize = 32 * 1024;
/** Files on their way at the same time, as many as docker's own client sends. */
const filesAtOnce = 4;

/** Answers one `FileSync/DiffCopy` call: tells what a folder holds, then sends the files that BuildKit lacks. */
export async function sendFiles(call: Call, { root, witness }: { root: string; witness: ContextWitness }): Promise<void> {
  const files: { path: string; size: bigint }[] = [];
  const hardLinks = new Map<bigint, string>();
  const limit = pLimit(filesAtOnce);
  const done = new Promise<void>((resolve, reject) => {
    call.on('data', (packet: Packet) => {
      if (packet.type === packetType.request) {
        const id = packet.ID ?? 0;
        limit(() => sendFile(call, id, files[id])).catch(reject);
      } else if (packet.type === packetType.end) resolve();
      else if (packet.type === packetType.error) reject(new Error(packet.data?.toString() ?? 'the builder stopped reading'));
    });
    call.on('error', reject);
    call.on('cancelled', () => reject(new Error('the builder went away')));
  });
  done.catch(() => {}); // looked at below; a failing walk must not leave it unhandled
  for await (const entry of walkWithAttributes(root, await filterOf(call, root))) {
    witness.saw(entry);
    files.push({ path: entry.stat.isFile() ? entry.file : '', size: entry.stat.size });
    await write(call, { type: packetType.stat, stat: statOf(entry, hardLinks) });
  }
  await write(call, { type: packetType.stat }); // "that was all"
  await done;
  await write(call, { type: packetType.end });
  call.end();
}

async function sendFile(call: Call, ID: number, file: { path: string; size: bigint } | undefined): Promise<void> {
  if (file?.path) {
    for await (const data of piecesOf(file.path, file.size)) await write(call, { type: packetType.data, ID, data });
  }
  await write(call, { type: packetType.data, ID });
}

// Most files of most contexts are small, and a stream for each costs more than the reading.
async function* piecesOf(path: string, size: bigint): AsyncGenerator<Buffer> {
  if (size > pieceSize) yield* createReadStream(path, { highWaterMark: pieceSize });
  else if (size > 0) yield await readFile(path);
}

function write(call: Call, packet: Packet): Promise<void> | undefined {
  if (call.write(packet)) return undefined;
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('the builder went away'));
    call.once('close', gone);
    call.once('drain', () => {
      call.off('close', gone);
      resolve();
    });
  });
}

async function filterOf(call: Call, root: string) {
  // grpc-js joins repeated metadata with ", "
  const list = (name: string) =>
    call.metadata
      .get(name)
      .flatMap((value) => String(value).split(', '))
      .filter(Boolean);
  const followed = await Promise.all(list('followpaths').map((path) => followLinks(root, path)));
  const include = [...list('include-patterns'), ...followed.flat()];
  const exclude = list('exclude-patterns');
  return {
    ...(include.length > 0 && { include: new IgnorePatterns(include) }),
    ...(exclude.length > 0 && { exclude: new IgnorePatterns(exclude) }),
  };
}

/** Links on the way to a path, and what they lead to inside the context: all of it has to be sent. */
async function followLinks(root: string, path: string, depth = 0): Promise<string[]> {
  const parts = path.split('/').filter(Boolean);
  for (const [place] of parts.entries()) {
    const way = parts.slice(0, place + 1).join('/');
    if (/[*?[]/.test(way)) break; // a wildcard is a pattern, not a path
    const stat = await lstat(join(root, way)).catch(() => undefined);
    if (!stat?.isSymbolicLink() || depth > 40) continue;
    const target = await readlink(join(root, way));
    // an absolute link means the context's own top, as it will in the image
    const base = target.startsWith('/') ? '' : posix.dirname(way);
    const inside = posix.join('/', base, target).slice(1);
    const rest = parts.slice(place + 1);
    return [way, ...(await followLinks(root, [inside, ...rest].join('/'), depth + 1))];
  }
  return [path];
}

function statOf({ path, stat, linkTarget, attributes }: ContextEntry, hardLinks: Map<bigint, string>): Stat {
  const isFolder = stat.isDirectory();
  const first = !isFolder && stat.nlink > 1n ? hardLinks.get(stat.ino) : undefined;
  if (!isFolder && stat.nlink > 1n && first === undefined) hardLinks.set(stat.ino, path);
  const linkname = linkTarget ?? first;
  return {
    path,
    mode: goMode(Number(stat.mode), stat),
    uid: 0,
    gid: 0,
    size: isFolder || first !== undefined ? '0' : String(stat.size),
    modTime: String(stat.mtimeNs),
    ...(linkname !== undefined && { linkname }),
    ...(attributes && { xattrs: Object.fromEntries(attributes) }),
  };
}

// Go's os.FileMode has its own bits for the file's kind and for setuid, setgid and sticky.
function goMode(mode: number, stat: ContextEntry['stat']): number {
  const special = (mode & 0o4000 ? 2 ** 23 : 0) + (mode & 0o2000 ? 2 ** 22 : 0) + (mode & 0o1000 ? 2 ** 20 : 0);
  const kind = stat.isDirectory() ? 2 ** 31 : stat.isSymbolicLink() ? 2 ** 27 : stat.isFIFO() ? 2 ** 25 : 0;
  return (mode & 0o777) + special + kind;
}
