import { createHash } from 'node:crypto';
import { notWhatItsDigestSays, RegistryError, troubleAt, unreachable } from '../distribution/registry-error.ts';
import { withRetries } from '../distribution/with-retries.ts';
import type { ContentBlob } from './image-content.ts';

type Options = { signal: AbortSignal; onWait(seconds: number): void; onBytes(done: number): void };

/**
 * The bytes of a blob from first to last, going on after a cut where it was. Ends by rejecting unless they are as many as
 * promised and match the digest: who writes them must not believe them before.
 */
export async function* readWholeBlob(blob: ContentBlob, { signal, onWait, onBytes }: Options): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let done = 0;
  const open = () => withRetries(() => blob.open(done, signal), { signal, onWait, progress: () => done });
  let cuts = 0;
  while (done < blob.size) {
    const before = done;
    try {
      for await (const chunk of (await open()) as AsyncIterable<Buffer>) {
        done += chunk.length;
        if (done > blob.size) throw notWhatItsDigestSays(blob.digest);
        hash.update(chunk);
        yield chunk;
        onBytes(done);
      }
      if (done < blob.size) throw troubleAt('GET', blob.at?.registry ?? '', 'cut', 'it ended too early', 'layer');
    } catch (error) {
      signal.throwIfAborted();
      cuts = done > before ? 1 : cuts + 1;
      // a cut in the middle is gone on from; one that comes again and again without a byte in between is not
      if (!isCut(error) || cuts > 5) throw isCut(error) ? unreachable('GET', blob.digest, error) : error;
    }
  }
  if (`sha256:${hash.digest('hex')}` !== blob.digest) throw notWhatItsDigestSays(blob.digest);
}

const isCut = (error: unknown): boolean => {
  if (error instanceof RegistryError) return error.isPassing;
  return /^(?:UND_ERR_|ECONNRESET|EPIPE|ETIMEDOUT)/.test((error as { code?: string }).code ?? '');
};
