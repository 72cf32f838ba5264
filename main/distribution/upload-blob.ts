import { Readable } from 'node:stream';
import { BlobReader, type BlobSource } from './blob-reader.ts';
import type { Answer } from './registry-client.ts';
import { troubleAt } from './registry-error.ts';
import type { Repository } from './repository.ts';
import { giveUpUpload, placeOfUpload } from './upload-place.ts';
import { withRetries } from './with-retries.ts';

export type BlobToSend = BlobSource & { digest: string };

export type UploadOptions = {
  signal: AbortSignal;
  /** Is told how many bytes the registry has; falls where some have to be sent again. */
  onBytes(done: number): void;
  onWait(seconds: number): void;
  /** Another repository of the registry that may have the blob: it need not be sent then. */
  mountFrom?: string | undefined;
};

/** Milliseconds a registry may take to put a whole blob where it keeps them: it reads large ones once more. */
const finishWithin = 10 * 60_000;
/** Milliseconds it may take to answer when it has got bytes. */
const takeWithin = 60_000;
/** Bytes sent at once, each time over a new connection, where a long one was cut. */
const smallPiece = 4 * 1024 * 1024;

/**
 * An upload that was begun: where it goes on, and how many bytes the registry has. `isKnown` until something broke.
 * `leastPiece`: the fewest bytes that the registry takes at once, but for the last.
 */
type Upload = { url: string; offset: number; isKnown: boolean; leastPiece: number };

/**
 * Sends a blob, or has the registry take it from another repository. After a cut it goes on where the registry says it is, in
 * small pieces: registries that know no pieces get it in one, as docker sends it, as long as nothing breaks. The registry
 * checks the digest. An upload that comes to nothing is given up.
 */
export async function uploadBlob(repository: Repository, blob: BlobToSend, options: UploadOptions): Promise<'sent' | 'mounted'> {
  const { signal, onWait } = options;
  const begun = await withRetries(() => begin(repository, blob, options), { signal, onWait });
  if (begun === 'mounted') return 'mounted';
  let at: Upload = begun;
  let piece = Number.POSITIVE_INFINITY;
  const reader = new BlobReader(blob, { signal, onWait });
  const attempt = async () => {
    // where only the answer to its end was lost, the registry has it
    if (!at.isKnown && (await repository.hasBlob(blob, signal))) return;
    at = await whereItIs(repository, at, blob, options);
    options.onBytes(at.offset);
    while (at.offset < blob.size) at = await send(repository, at, reader, { blob, piece, options });
    await finish(repository, at, blob, signal);
  };
  try {
    await withRetries(
      () =>
        attempt().catch((error) => {
          piece = smallPiece;
          throw error;
        }),
      { signal, onWait, progress: () => at.offset },
    );
  } catch (error) {
    await giveUpUpload(repository, at.url);
    throw error;
  } finally {
    reader.close();
  }
  return 'sent';
}

async function begin(repository: Repository, { digest }: BlobToSend, { signal, mountFrom }: UploadOptions): Promise<Upload | 'mounted'> {
  const mount = mountFrom ? `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(mountFrom)}` : '';
  const scopes = [...repository.push, ...(mountFrom ? [`repository:${mountFrom}:pull`] : [])];
  const url = `/v2/${repository.name}/blobs/uploads/${mount}`;
  const headers = { 'content-length': '0' };
  const answer = await repository.client.tell({ method: 'POST', url, scopes, headers, accept: [201, 202], signal });
  const leastPiece = Number([answer.headers['oci-chunk-min-length']].flat()[0]) || 0;
  return answer.statusCode === 201 ? 'mounted' : { url: nextPlace(repository, answer), offset: 0, isKnown: true, leastPiece };
}

// after a cut only the registry knows how much of it arrived
async function whereItIs(repository: Repository, upload: Upload, blob: BlobToSend, options: UploadOptions): Promise<Upload> {
  if (upload.isKnown) return { ...upload, isKnown: false };
  const { signal } = options;
  const { url } = upload;
  const answer = await repository.client.tell({ method: 'GET', url, scopes: repository.push, accept: [204, 404, 416], signal });
  const last = /^(?:bytes=)?0-(\d+)$/.exec(String(answer.headers.range ?? ''))?.[1];
  if (answer.statusCode === 204 && last !== undefined) {
    // an upload of nothing is told as "0-0", and so is one of a single byte: that one is sent again
    const offset = last === '0' ? 0 : Number(last) + 1;
    if (offset > 0 && offset <= blob.size) return { ...upload, url: nextPlace(repository, answer, url), offset, isKnown: false };
  }
  const anew = await begin(repository, blob, { ...options, mountFrom: undefined });
  return anew === 'mounted' ? upload : { ...anew, isKnown: false };
}

type Sending = { blob: BlobToSend; piece: number; options: UploadOptions };

async function send(repository: Repository, upload: Upload, reader: BlobReader, { blob, piece, options }: Sending): Promise<Upload> {
  const { url, offset } = upload;
  const { signal, onBytes } = options;
  const length = Math.max(piece, upload.leastPiece);
  const end = Math.min(blob.size, offset + length);
  let done = offset;
  let broken: unknown;
  async function* fromSource() {
    try {
      yield* reader.read(offset, length);
    } catch (error) {
      broken = error;
      throw error;
    }
  }
  // apart from the one above: what the registry breaks is thrown into this one
  async function* counted() {
    for await (const chunk of fromSource()) {
      yield chunk;
      done += chunk.length;
      onBytes(done);
    }
  }
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(end - offset),
    ...((offset > 0 || end < blob.size) && { 'content-range': `${offset}-${end - 1}` }),
  };
  const request = {
    method: 'PATCH',
    url,
    scopes: repository.push,
    headers,
    accept: [201, 202, 204],
    signal,
    answerWithin: takeWithin,
  } as const;
  const body = Readable.from(counted(), { objectMode: false });
  try {
    const answer = await repository.client.tell({ ...request, body, isLast: end < blob.size });
    return { ...upload, url: nextPlace(repository, answer, url), offset: end, isKnown: false };
  } catch (error) {
    // a source that broke is not the registry's doing
    throw broken ?? error;
  } finally {
    body.destroy();
  }
}

async function finish(repository: Repository, { url }: Upload, { digest }: BlobToSend, signal: AbortSignal): Promise<void> {
  const target = new URL(url, repository.client.origin);
  target.searchParams.set('digest', digest);
  const headers = { 'content-length': '0' };
  const request = { method: 'PUT', url: target.href, scopes: repository.push, headers, accept: [201, 204], signal } as const;
  await repository.client.tell({ ...request, answerWithin: finishWithin });
}

function nextPlace({ client }: Repository, { headers }: Pick<Answer, 'headers'>, otherwise?: string): string {
  const location = [headers.location].flat()[0] ?? otherwise;
  if (!location) throw troubleAt('POST', client.origin, 'odd', 'it does not say where to send to', 'upload');
  return placeOfUpload(client, location).href;
}
