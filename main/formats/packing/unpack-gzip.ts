import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip, createInflateRaw } from 'node:zlib';
import { packedBy } from './detect-packing.ts';

/** The unpacked bytes of a gzip file. Other bytes behind the packed ones are left alone, as gzip's own command does. */
export async function* unpackGzip(path: string, readSize: number, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { highWaterMark: readSize });
  // larger pieces make fewer turns between the threads
  const unpacked = createGunzip({ chunkSize: 128 * 1024 });
  packed.on('error', (error) => unpacked.destroy(error));
  let given = 0;
  try {
    for await (const chunk of packed.pipe(unpacked)) {
      onRead(packed.bytesRead);
      given += chunk.length;
      yield chunk as Buffer;
    }
  } catch (error) {
    // every member before was whole, but Node's reader keeps its last bytes to itself
    if ((error as Error).message !== 'incorrect header check') throw error;
    yield* withoutFirst(unpackMembers(path), given);
  } finally {
    packed.destroy();
  }
}

async function* withoutFirst(pieces: AsyncIterable<Buffer>, first: number): AsyncGenerator<Buffer> {
  let left = first;
  for await (const piece of pieces) {
    const kept = piece.subarray(Math.min(left, piece.length));
    left -= piece.length - kept.length;
    if (kept.length > 0) yield kept;
  }
}

/** Bytes of a member's header that are looked at; names in it are short. */
const mostHeader = 64 * 1024;

/** One member after the other, up to what is none. Their sums are not compared. */
async function* unpackMembers(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    for (let position = 0; ; ) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(mostHeader), 0, mostHeader, position);
      const length = headerLength(buffer.subarray(0, bytesRead));
      if (length === undefined) return;
      const unpacked = createInflateRaw();
      const packed = createReadStream(path, { start: position + length });
      packed.on('error', (error) => unpacked.destroy(error));
      // what still comes after its end belongs to the next one
      unpacked.on('error', () => {});
      try {
        yield* packed.pipe(unpacked) as AsyncIterable<Buffer>;
      } finally {
        packed.destroy();
      }
      // its sum and size follow
      position += length + unpacked.bytesWritten + 8;
    }
  } finally {
    await file.close();
  }
}

/** Undefined where no member begins (RFC 1952). */
function headerLength(start: Buffer): number | undefined {
  if (packedBy(start) !== 'gzip' || start.length < 10) return undefined;
  const flags = start[3] ?? 0;
  let length = 10;
  if (flags & 4) length += 2 + (start.length >= 12 ? start.readUInt16LE(10) : 0);
  for (const flag of [8, 16]) if (flags & flag) length = start.indexOf(0, length) + 1;
  return length + (flags & 2 ? 2 : 0);
}
