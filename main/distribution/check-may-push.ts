import type { Repository } from './repository.ts';
import { giveUpUpload } from './upload-place.ts';

/**
 * Rejects where the registry would take nothing for this repository. Only an upload that is begun tells: it is given up at
 * once, and nothing of it stays.
 */
export async function checkMayPush(repository: Repository, signal?: AbortSignal): Promise<void> {
  const { client, name, push } = repository;
  const url = `/v2/${name}/blobs/uploads/`;
  const headers = { 'content-length': '0' };
  const answer = await client.tell({ method: 'POST', url, scopes: push, headers, accept: [202], signal });
  const location = [answer.headers.location].flat()[0];
  if (location) await giveUpUpload(repository, location);
  signal?.throwIfAborted();
}
