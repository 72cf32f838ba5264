import { createReadStream, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { type ContextEntry, walkInBatches, walkWithAttributes } from '../context-walk.ts';
import type { ContextWitness } from '../context-witness.ts';
import { IgnorePatterns } from '../ignore-patterns.ts';
import { followLinks } from './follow-links.ts';
import { type Packet, packetType, type Stat } from './protocols.ts';

type Call = ServerDuplexStream<Packet, Packet>;

/** Bytes of a file in one message; a builder takes 4 MB. */
const pieceSize = 512 * 1024;
/** Files up to this size are read at once. */
const smallSize = 64 * 1024;
/** Milliseconds that this process may be held up. */
const turn = 8;

/** A folder that the builder may ask for; the Dockerfile's has no witness. */
export type SharedFolder = { root: string; witness?: ContextWitness };

type AskedFile = { path: string; size: number };

/** Answers one `FileSync/DiffCopy` call: tells what a folder holds, then sends the files that BuildKit lacks. */
export async function sendFiles(call: Call, { root, witness }: SharedFolder): Promise<void> {
  const holdsContent = witness !== undefined && call.metadata.get('followpaths').join() !== '.dockerignore';
  const files: AskedFile[] = [];
  const hardLinks = new Map<bigint, string>();
  const sending = answerRequests(call, files);
  sending.catch(() => {}); // looked at below; a failing walk must not leave it unhandled
  const filter = await filterOf(call, root);
  for await (const batch of holdsContent ? walkWithAttributes(root, filter) : walkInBatches(root, filter)) {
    for (const entry of batch) {
      witness?.saw(entry);
      files.push({ path: entry.stat.isFile() ? entry.file : '', size: Number(entry.stat.size) });
      const room = write(call, { type: packetType.stat, stat: statOf(entry, hardLinks) });
      if (room) await room;
    }
  }
  await write(call, { type: packetType.stat }); // "that was all"
  await sending;
  if (holdsContent) witness.sent();
  await write(call, { type: packetType.end });
  call.end();
}

/** Sends what is asked for, one file after the other, until the builder has all it wants. */
async function answerRequests(call: Call, files: AskedFile[]): Promise<void> {
  const asked: number[] = [];
  let wake = () => {};
  let hasEnded = false;
  let problem: Error | undefined;
  const fail = (error: Error) => {
    problem ??= error;
    wake();
  };
  call.on('data', (packet: Packet) => {
    if (packet.type === packetType.request) asked.push(packet.ID ?? 0);
    else if (packet.type === packetType.end) hasEnded = true;
    else if (packet.type === packetType.error) fail(new Error(packet.data?.toString() ?? 'the builder stopped reading'));
    wake();
  });
  call.on('error', fail);
  call.on('cancelled', () => fail(new Error('the builder went away')));
  for (let next = 0, since = performance.now(); !problem; ) {
    const id = asked[next];
    if (id !== undefined) {
      next++;
      await sendFile(call, id, files[id]);
      if (performance.now() - since > turn) {
        await setImmediate();
        since = performance.now();
      }
    } else if (hasEnded) return;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  throw problem;
}

async function sendFile(call: Call, ID: number, file: AskedFile | undefined): Promise<void> {
  if (file?.path && file.size > smallSize) {
    for await (const data of createReadStream(file.path, { highWaterMark: pieceSize }))
      await write(call, { type: packetType.data, ID, data });
  } else if (file?.path && file.size > 0) await write(call, { type: packetType.data, ID, data: readFileSync(file.path) });
  await write(call, { type: packetType.data, ID });
}

/** Undefined where there is room for more. */
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
  const followed = (await Promise.all(list('followpaths').map((path) => followLinks(root, path)))).flat();
  // the context itself among them means all of it
  const include = [...list('include-patterns'), ...(followed.includes('') ? [] : followed)];
  const exclude = list('exclude-patterns');
  return {
    ...(include.length > 0 && { include: new IgnorePatterns(include) }),
    ...(exclude.length > 0 && { exclude: new IgnorePatterns(exclude) }),
  };
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
    size: isFolder || first !== undefined ? 0 : Number(stat.size),
    modTime: { low: Number(BigInt.asIntN(32, stat.mtimeNs)), high: Number(stat.mtimeNs >> 32n) },
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
