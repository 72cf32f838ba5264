import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { lineBatches } from '../../files/line-batches.ts';
import { decodeFile, encodeFile, type RecordedFile } from './recorded-file.ts';

/** Reads a stored context; undefined if there is none, as after an interrupted build. */
export async function readContext(file: string): Promise<Map<string, RecordedFile> | undefined> {
  const context = new Map<string, RecordedFile>();
  try {
    const unpacked = createGunzip();
    const reading = pipeline(createReadStream(file), unpacked);
    reading.catch(() => {}); // the reader of the unpacked data gets the error too
    for await (const lines of lineBatches(unpacked)) {
      for (const line of lines) {
        const entry = decodeFile(line);
        context.set(entry.path, entry);
      }
    }
    await reading;
    return context;
  } catch {
    return undefined;
  }
}

/** Writes a context beside its final place and renames it, so that there is never half a file. */
export async function writeContext(file: string, context: Iterable<RecordedFile>): Promise<void> {
  const partial = `${file}.part`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await pipeline(Readable.from(piecesOf(context)), createGzip({ level: 1 }), createWriteStream(partial));
  await rename(partial, file);
}

// in large pieces: line by line, the streams would cost more than the lines
function* piecesOf(context: Iterable<RecordedFile>): Generator<string> {
  let piece = '';
  for (const file of context) {
    piece += `${encodeFile(file)}\n`;
    if (piece.length < 64 * 1024) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
