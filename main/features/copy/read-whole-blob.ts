import { DigestCheck } from '../../foundation/formats/digest.ts';
import { BlobReader } from '../../foundation/registries/blobs/blob-reader.ts';
import { notWhatItsDigestSays } from '../../foundation/registries/errors/registry-error.ts';
import type { ContentBlob } from './image-content.ts';

type Options = { signal: AbortSignal; onWait(seconds: number): void; onBytes(done: number): void };

/**
 * All bytes of a blob, continuing after a broken connection. Rejects at the end unless their number and digest are right, so a
 * writer must not trust them before.
 */
export async function* readWholeBlob(blob: ContentBlob, { onBytes, ...options }: Options): AsyncGenerator<Buffer> {
  const check = new DigestCheck(blob.digest);
  const reader = new BlobReader(blob, options);
  let done = 0;
  try {
    for await (const chunk of reader.read(0)) {
      check.update(chunk);
      yield chunk;
      done += chunk.length;
      onBytes(done);
    }
  } finally {
    reader.close();
  }
  if (!check.isRight) throw notWhatItsDigestSays(blob.digest);
}
