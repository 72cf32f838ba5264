import { isLoopback } from '../../../../contract/reference.ts';
import { troubleAt } from '../errors/registry-error.ts';
import { resolveLocation } from '../follow-redirects.ts';
import type { RegistryClient } from '../registry-client.ts';
import type { Repository } from '../repository.ts';

/** Milliseconds that cancelling an upload may take: a person who stops something does not want to wait. */
const cancelWithin = 400;

/**
 * Where the registry says that an upload continues. It may name itself by another of its own addresses; any other place has to
 * be encrypted and never gets the login. Throws a `RegistryError` if it is not.
 */
export function placeOfUpload({ origin }: RegistryClient, location: string): URL {
  const own = new URL(origin);
  const place = resolveLocation(location, own);
  const isOwn = place.host === own.host || (place.port === own.port && isLoopback(place.host) && isLoopback(own.host));
  if (isOwn) return new URL(`${place.pathname}${place.search}`, own);
  if (place.protocol === 'https:') return place;
  throw troubleAt('PUT', place.href, 'leads-to-plain', '', 'upload');
}

/** Tells the registry that an upload will not continue. Registries need not support this, as they drop old uploads themselves. */
export async function cancelUpload({ client, push }: Repository, location: string): Promise<void> {
  const place = ownPlace(client, location);
  // never delete anything elsewhere, whatever a registry says
  if (!place) return;
  const accept = [200, 202, 204, 404, 405];
  await client.tell({ method: 'DELETE', url: place, scopes: push, accept, signal: AbortSignal.timeout(cancelWithin) }).catch(() => {});
}

function ownPlace(client: RegistryClient, location: string): string | undefined {
  try {
    const { origin, href } = placeOfUpload(client, location);
    return origin === client.origin ? href : undefined;
  } catch {
    return undefined;
  }
}
