import type { Repository } from '../repository.ts';
import { cancelUpload } from './upload-place.ts';

/**
 * Rejects if the registry would not accept a push to this repository. Only starting an upload shows that; it is cancelled at
 * once and leaves nothing behind.
 */
export async function checkMayPush(repository: Repository, signal?: AbortSignal): Promise<void> {
  const { client, name, push } = repository;
  const url = `/v2/${name}/blobs/uploads/`;
  const headers = { 'content-length': '0' };
  const answer = await client.tell({ method: 'POST', url, scopes: push, headers, accept: [202], signal });
  const location = [answer.headers.location].flat()[0];
  if (location) await cancelUpload(repository, location);
  signal?.throwIfAborted();
}
