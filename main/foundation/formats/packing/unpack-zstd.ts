import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createZstdDecompress } from 'node:zlib';
import { isSkippableFrame, packedBy } from './detect-packing.ts';
import type { Tarball } from './look-at-file.ts';

/**
 * The unpacked bytes of a zstd file, frame after frame: Node's reader silently stops at the end of the first, while
 * pzstd and `cat` write many. Calls back with its position in the file.
 */
export async function* unpackZstd({ path }: Tarball, readSize: number, onRead: (position: number) => void): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    let position = 0;
    for (;;) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, position);
      const start = buffer.subarray(0, bytesRead);
      // zeros or other bytes after the last frame are ignored, as the zstd command does
      if (packedBy(start) !== 'zstd') return;
      if (isSkippableFrame(start.readUInt32LE(0))) {
        if (bytesRead < 8) return;
        position += 8 + start.readUInt32LE(4);
        continue;
      }
      const packed = createReadStream(path, { start: position, highWaterMark: readSize });
      const unpacked = createZstdDecompress();
      packed.on('error', (error) => unpacked.destroy(error));
      // what comes after the end of the frame belongs to the next one and is not an error of this one
      unpacked.on('error', () => {});
      try {
        for await (const chunk of packed.pipe(unpacked)) {
          onRead(position + packed.bytesRead);
          yield chunk as Buffer;
        }
      } finally {
        packed.destroy();
      }
      // what it was given but did not use belongs to the next frame
      if (unpacked.bytesWritten === 0) return;
      position += unpacked.bytesWritten;
    }
  } finally {
    await file.close();
  }
}
