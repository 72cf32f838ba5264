import { Readable } from 'node:stream';
import { troubleAt } from '../errors/registry-error.ts';
import type { Repository } from '../repository.ts';
import type { Answer } from '../wire.ts';
import { BlobReader, type BlobSource } from './blob-reader.ts';
import { cancelUpload, placeOfUpload } from './upload-place.ts';
import { withRetries } from './with-retries.ts';

export type BlobToSend = BlobSource & { digest: string };

export type UploadOptions = {
  signal: AbortSignal;
  /** Called with the number of bytes the registry has; it falls if some have to be sent again. */
  onBytes(done: number): void;
  onWait(seconds: number): void;
  /** Another repository in the registry that may have the blob, so that it need not be sent. */
  mountFrom?: string | undefined;
};

/** Milliseconds that a registry may take to store a complete blob: it reads large ones again. */
const finishWithin = 10 * 60_000;
/** Milliseconds that it may take to answer after it has received bytes. */
const takeWithin = 60_000;
/** How many bytes are sent at once, each time over a new connection, after a long upload broke off. */
const smallPiece = 4 * 1024 * 1024;

/**
 * An upload in progress: where to continue, and how many bytes the registry has. `isKnown` is true until something breaks.
 * `leastPiece`: the fewest bytes that the registry accepts at once, except for the last piece.
 */
type Upload = { url: string; offset: number; isKnown: boolean; leastPiece: number };

/**
 * Sends a blob, or has the registry mount it from another repository. A blob is first sent in one piece, as docker does, as some
 * registries do not support pieces. If the connection breaks, it continues in small pieces where the registry says it stopped.
 * The registry checks the digest. A failed upload is cancelled.
 */
export async function uploadBlob(repository: Repository, blob: BlobToSend, options: UploadOptions): Promise<'sent' | 'mounted'> {
  const { signal, onWait } = options;
  const begun = await withRetries(() => begin(repository, blob, options), { signal, onWait });
  if (begun === 'mounted') return 'mounted';
  let at: Upload = begun;
  let piece = Number.POSITIVE_INFINITY;
  const reader = new BlobReader(blob, { signal, onWait });
  const attempt = async () => {
    // if only the final answer was lost, the registry already has the blob
    if (!at.isKnown && (await repository.hasBlob(blob, signal))) return;
    at = await findOffset(repository, at, blob, options);
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
    await cancelUpload(repository, at.url);
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

// after a break only the registry knows how much has arrived
async function findOffset(repository: Repository, upload: Upload, blob: BlobToSend, options: UploadOptions): Promise<Upload> {
  if (upload.isKnown) return { ...upload, isKnown: false };
  const { signal } = options;
  const { url } = upload;
  const answer = await repository.client.tell({ method: 'GET', url, scopes: repository.push, accept: [204, 404, 416], signal });
  const last = /^(?:bytes=)?0-(\d+)$/.exec(String(answer.headers.range ?? ''))?.[1];
  if (answer.statusCode === 204 && last !== undefined) {
    // "0-0" means an empty upload or one with a single byte, so that byte is sent again
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
  // separate from the generator above, as an error of the registry is thrown into this one
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
    // an error of the source is not the registry's fault
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
  if (!location) throw troubleAt('POST', client.origin, 'odd', 'it does not say where to send the upload', 'upload');
  return placeOfUpload(client, location).href;
}
