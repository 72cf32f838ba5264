import { isLoopback } from './is-loopback.ts';
import { ledTo, type RegistryClient } from './registry-client.ts';
import { troubleAt } from './registry-error.ts';
import type { Repository } from './repository.ts';

/** Milliseconds that giving up an upload may take: who stops something does not want to wait. */
const giveUpWithin = 400;

/**
 * Where the registry says that an upload goes on. It may know itself by another of its own addresses; any other place has to
 * be encrypted, and is told no login. Throws a `RegistryError` where it is not.
 */
export function placeOfUpload({ origin }: RegistryClient, location: string): URL {
  const own = new URL(origin);
  const place = ledTo(location, own);
  const isOwn = place.host === own.host || (place.port === own.port && isLoopback(place.host) && isLoopback(own.host));
  if (isOwn) return new URL(`${place.pathname}${place.search}`, own);
  if (place.protocol === 'https:') return place;
  throw troubleAt('PUT', place.href, 'leads-to-plain', '', 'upload');
}

/** Tells the registry that an upload will not go on. It forgets old ones by itself, and need not know how to be asked for it. */
export async function giveUpUpload({ client, push }: Repository, location: string): Promise<void> {
  const place = ownPlace(client, location);
  // nothing is deleted anywhere else, whatever a registry says
  if (!place) return;
  const accept = [200, 202, 204, 404, 405];
  await client.tell({ method: 'DELETE', url: place, scopes: push, accept, signal: AbortSignal.timeout(giveUpWithin) }).catch(() => {});
}

function ownPlace(client: RegistryClient, location: string): string | undefined {
  try {
    const { origin, href } = placeOfUpload(client, location);
    return origin === client.origin ? href : undefined;
  } catch {
    return undefined;
  }
}
