import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { gunzipMembers } from './gunzip-members.ts';
import type { Tarball } from './look-at-file.ts';

/** The unpacked bytes of a gzip file. Other bytes after the packed ones are ignored, as the gzip command does. */
export async function* unpackGzip({ path }: Tarball, readSize: number, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { highWaterMark: readSize });
  // larger pieces mean fewer switches between the threads
  const unpacked = createGunzip({ chunkSize: 128 * 1024 });
  packed.on('error', (error) => unpacked.destroy(error));
  // an error it finds when nobody listens any more would end the process
  unpacked.on('error', () => {});
  let given = 0;
  try {
    for await (const chunk of packed.pipe(unpacked)) {
      onRead(packed.bytesRead);
      given += chunk.length;
      yield chunk as Buffer;
    }
  } catch (error) {
    // every member so far was complete, but Node's reader holds back its last bytes
    if ((error as Error).message !== 'incorrect header check') throw error;
    yield* withoutFirst(gunzipMembers(createReadStream(path, { highWaterMark: readSize })), given);
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
