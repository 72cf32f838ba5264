import { Readable } from 'node:stream';
import type { Answer } from './registry-client.ts';
import { RegistryError, troubleAt, unreachable } from './registry-error.ts';
import type { Repository } from './repository.ts';
import { withRetries } from './with-retries.ts';

export type BlobToSend = {
  digest: string;
  /** Bytes. */
  size: number;
  /** The bytes from an offset on. */
  open(from: number, signal: AbortSignal): Promise<Readable>;
};

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

/**
 * Sends a blob, or has the registry take it from another repository. After a cut it goes on where the registry says it is.
 * The registry checks the digest.
 */
export async function uploadBlob(repository: Repository, blob: BlobToSend, options: UploadOptions): Promise<'sent' | 'mounted'> {
  const { signal, onWait } = options;
  const begun = await withRetries(() => begin(repository, blob, options), { signal, onWait });
  if (begun === 'mounted') return 'mounted';
  let at: Upload = begun;
  await withRetries(
    async () => {
      // where only the answer to its end was lost, the registry has it
      if (!at.isKnown && (await repository.hasBlob(blob.digest, signal))) return;
      at = await whereItIs(repository, at, blob, options);
      options.onBytes(at.offset);
      if (at.offset < blob.size) at = await send(repository, at, await blob.open(at.offset, signal), blob, options);
      await finish(repository, at, blob, signal);
    },
    { signal, onWait, progress: () => at.offset },
  );
  return 'sent';
}

/** An upload that was begun: where it goes on, and how many bytes the registry has. `isKnown` until something broke. */
type Upload = { url: string; offset: number; isKnown: boolean };

async function begin(repository: Repository, { digest }: BlobToSend, { signal, mountFrom }: UploadOptions): Promise<Upload | 'mounted'> {
  const mount = mountFrom ? `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(mountFrom)}` : '';
  const scopes = [...repository.push, ...(mountFrom ? [`repository:${mountFrom}:pull`] : [])];
  const url = `/v2/${repository.name}/blobs/uploads/${mount}`;
  const answer = await repository.client.request({
    ...{ method: 'POST', url, scopes, headers: { 'content-length': '0' } },
    ...{ accept: [201, 202], signal },
  });
  await answer.body.dump();
  return answer.statusCode === 201 ? 'mounted' : { url: locationOf(repository, answer), offset: 0, isKnown: true };
}

// after a cut only the registry knows how much of it arrived
async function whereItIs(repository: Repository, upload: Upload, blob: BlobToSend, options: UploadOptions): Promise<Upload> {
  if (upload.isKnown) return { ...upload, isKnown: false };
  const { signal } = options;
  const { url } = upload;
  const answer = await repository.client.request({ method: 'GET', url, scopes: repository.push, accept: [204, 404, 416], signal });
  await answer.body.dump();
  const last = /^(?:bytes=)?0-(\d+)$/.exec(String(answer.headers.range ?? ''))?.[1];
  if (answer.statusCode === 204 && last !== undefined) {
    // an upload of nothing is told as "0-0", and so is one of a single byte: that one is sent again
    const offset = last === '0' ? 0 : Number(last) + 1;
    if (offset > 0 && offset <= blob.size) return { url: locationOf(repository, answer, url), offset, isKnown: false };
  }
  const anew = await begin(repository, blob, { ...options, mountFrom: undefined });
  return anew === 'mounted' ? upload : { ...anew, isKnown: false };
}

async function send(
  repository: Repository,
  upload: Upload,
  source: Readable,
  { size }: BlobToSend,
  { signal, onBytes }: UploadOptions,
): Promise<Upload> {
  const { url, offset } = upload;
  let done = offset;
  let broken: Error | undefined;
  source.on('error', (error) => {
    broken = error;
  });
  async function* counted() {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      yield chunk;
      done += chunk.length;
      onBytes(done);
    }
  }
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(size - offset),
    ...(offset > 0 && { 'content-range': `${offset}-${size - 1}` }),
  };
  try {
    const body = Readable.from(counted(), { objectMode: false });
    const answer = await repository.client.request({
      ...{ method: 'PATCH', url, scopes: repository.push, headers, body },
      ...{ accept: [201, 202, 204], signal },
    });
    await answer.body.dump();
    return { url: locationOf(repository, answer, url), offset: size, isKnown: false };
  } catch (error) {
    // a source that broke is not the registry's doing; one that was itself read from a registry says so
    throw broken === undefined || broken instanceof RegistryError ? (broken ?? error) : sourceError(broken);
  } finally {
    source.destroy();
  }
}

const sourceError = (error: Error & { code?: string }): Error =>
  error.code?.startsWith('UND_ERR') || error.code === 'ECONNRESET' ? unreachable('GET', 'the source', error) : error;

async function finish(repository: Repository, { url }: Upload, { digest }: BlobToSend, signal: AbortSignal): Promise<void> {
  const target = new URL(url, repository.client.origin);
  target.searchParams.set('digest', digest);
  const { body } = await repository.client.request({
    ...{ method: 'PUT', url: target.href, scopes: repository.push, headers: { 'content-length': '0' } },
    ...{ accept: [201, 204], signal, answerWithin: finishWithin },
  });
  await body.dump();
}

function locationOf({ client }: Repository, { headers }: Answer, otherwise?: string): string {
  const location = [headers.location].flat()[0] ?? otherwise;
  if (!location) throw troubleAt('POST', client.origin, 'odd', 'it does not say where to send to', 'upload');
  return client.placeOfUpload(location).href;
}
