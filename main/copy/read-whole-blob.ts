import { BlobReader } from '../distribution/blob-reader.ts';
import { notWhatItsDigestSays } from '../distribution/registry-error.ts';
import { DigestCheck } from '../formats/digest.ts';
import type { ContentBlob } from './image-content.ts';

type Options = { signal: AbortSignal; onWait(seconds: number): void; onBytes(done: number): void };

/**
 * The bytes of a blob from first to last, going on after a cut where it was. Ends by rejecting unless they are as many as
 * promised and match the digest: who writes them must not believe them before.
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
