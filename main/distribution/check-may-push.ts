import type { RegistryClient } from './registry-client.ts';
import type { Repository } from './repository.ts';

/**
 * Rejects where the registry would take nothing for this repository. Only an upload that is begun tells: it is given up at
 * once, and nothing of it stays.
 */
export async function checkMayPush(repository: Repository, signal?: AbortSignal): Promise<void> {
  const { client, name, push } = repository;
  const url = `/v2/${name}/blobs/uploads/`;
  const headers = { 'content-length': '0' };
  const answer = await client.request({ method: 'POST', url, scopes: push, headers, accept: [202], signal });
  await answer.body.dump();
  const location = [answer.headers.location].flat()[0];
  if (location) await giveUp(repository, location, signal);
}

// a registry that forgets old uploads by itself need not know how to be asked for it
async function giveUp({ client, push }: Repository, location: string, signal?: AbortSignal): Promise<void> {
  const place = ownPlace(client, location);
  // nothing is deleted anywhere else, whatever a registry says
  if (!place) return;
  const accept = [200, 202, 204, 404, 405];
  await client.request({ method: 'DELETE', url: place, scopes: push, accept, signal }).then(
    ({ body }) => body.dump(),
    () => signal?.throwIfAborted(),
  );
}

function ownPlace(client: RegistryClient, location: string): string | undefined {
  try {
    const { origin, href } = client.placeOfUpload(location);
    return origin === client.origin ? href : undefined;
  } catch {
    return undefined;
  }
}
