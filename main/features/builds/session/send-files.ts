import { createReadStream, readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { headOfContent, type Packet, packetType, type Stat } from '../../../foundation/buildkit/protocols.ts';
import { type ContextEntry, walkInBatches, walkWithAttributes } from '../../../foundation/context/context-walk.ts';
import type { ContextWitness } from '../../../foundation/context/context-witness.ts';
import { deviceNumbers, isDevice } from '../../../foundation/context/device-numbers.ts';
import { usualIgnoreFile } from '../../../foundation/context/ignore-file.ts';
import { bytesOf } from '../../../foundation/formats/name-bytes.ts';
import { filterFor, readList } from './asked-paths.ts';
import type { GrpcCall } from './grpc-call.ts';

type Call = GrpcCall<Packet, Packet>;

/** Bytes of a file in one message; a builder accepts up to 4 MB. */
const pieceSize = 512 * 1024;
/** Files up to this size are read in one go. */
const smallSize = 64 * 1024;
/** Milliseconds for which this process may be blocked. */
const turn = 8;

/** A folder that the builder may ask for; the Dockerfile's folder has no witness. */
export type SharedFolder = {
  root: string;
  witness?: ContextWitness;
  /** The lines of the ignore file that applies here. */
  ignoreLines?(): Promise<string[]>;
};

type AskedFile = { place: string | Buffer | undefined; size: number };

/** Answers one `FileSync/DiffCopy` call: lists what a folder holds, then sends the files that BuildKit lacks. */
export async function sendFiles(call: Call, { root, witness, ignoreLines }: SharedFolder): Promise<void> {
  const headers = (name: string) => call.header(name);
  const holdsContent = witness !== undefined && readList(headers, 'followpaths').join() !== usualIgnoreFile;
  const files: AskedFile[] = [];
  const hardLinks = new Map<bigint, string>();
  const sending = answerRequests(call, files);
  sending.catch(() => {}); // awaited below; a failing walk must not leave the rejection unhandled
  const filter = await filterFor(headers, root, holdsContent && ignoreLines ? await ignoreLines() : []);
  for await (const batch of holdsContent ? walkWithAttributes(root, filter) : walkInBatches(root, filter)) {
    for (const entry of batch) {
      witness?.saw(entry);
      files.push({ place: entry.stat.isFile() ? entry.file : undefined, size: Number(entry.stat.size) });
      const room = call.write({ type: packetType.stat, stat: statOf(entry, hardLinks) });
      if (room) await room;
    }
  }
  await call.write({ type: packetType.stat }); // the end of the list
  await sending;
  if (holdsContent) witness.sent();
  await call.write({ type: packetType.end });
}

/** Sends what is asked for, one file after the other, until the builder has everything it wants. */
async function answerRequests(call: Call, files: AskedFile[]): Promise<void> {
  const asked: number[] = [];
  let wake = () => {};
  let hasEnded = false;
  let problem: Error | undefined;
  const listen = async () => {
    for await (const packet of call.messages()) {
      if (packet.type === packetType.request) asked.push(packet.ID ?? 0);
      else if (packet.type === packetType.end) hasEnded = true;
      else if (packet.type === packetType.error) throw new Error(packet.data?.toString() ?? 'the builder stopped reading');
      wake();
    }
    if (!hasEnded) throw new Error('the builder went away');
  };
  listen().catch((error: Error) => {
    problem = error;
    wake();
  });
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
  if (file?.place && file.size > smallSize) {
    for await (const data of createReadStream(file.place, { highWaterMark: pieceSize }))
      await call.writeParts(headOfContent(ID, data.length), data);
  } else if (file?.place && file.size > 0) {
    const data = readFileSync(file.place);
    await call.writeParts(headOfContent(ID, data.length), data);
  }
  await call.write({ type: packetType.data, ID });
}

function statOf({ path, stat, linkTarget, attributes }: ContextEntry, hardLinks: Map<bigint, string>): Stat {
  const isFolder = stat.isDirectory();
  const first = !isFolder && stat.nlink > 1n ? hardLinks.get(stat.ino) : undefined;
  if (!isFolder && stat.nlink > 1n && first === undefined) hardLinks.set(stat.ino, path);
  const linkname = linkTarget ?? first;
  return {
    path: bytesOf(path),
    mode: goMode(Number(stat.mode), stat),
    uid: 0,
    gid: 0,
    size: isFolder || first !== undefined ? 0 : Number(stat.size),
    modTime: { low: Number(BigInt.asIntN(32, stat.mtimeNs)), high: Number(stat.mtimeNs >> 32n) },
    ...(linkname !== undefined && { linkname: bytesOf(linkname) }),
    ...(isDevice(stat) && numbersOf(stat)),
    ...(attributes && { xattrs: Object.fromEntries(attributes) }),
  };
}

function numbersOf({ rdev }: ContextEntry['stat']): Pick<Stat, 'devmajor' | 'devminor'> {
  const { major, minor } = deviceNumbers(rdev);
  return { devmajor: major, devminor: minor };
}

// Go's os.FileMode has its own bits for the file's kind and for setuid, setgid and sticky
function goMode(mode: number, stat: ContextEntry['stat']): number {
  const special = (mode & 0o4000 ? 2 ** 23 : 0) + (mode & 0o2000 ? 2 ** 22 : 0) + (mode & 0o1000 ? 2 ** 20 : 0);
  return (mode & 0o777) + special + goKind(stat);
}

// a socket is sent as an empty file, as docker's command does
function goKind(stat: ContextEntry['stat']): number {
  if (stat.isDirectory()) return 2 ** 31;
  if (stat.isSymbolicLink()) return 2 ** 27;
  if (stat.isFIFO()) return 2 ** 25;
  return isDevice(stat) ? 2 ** 26 + (stat.isCharacterDevice() ? 2 ** 21 : 0) : 0;
}
