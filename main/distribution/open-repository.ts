import { parseReference, withDefaultTag } from '../../contract/reference.ts';
import type { Logins } from '../logins/logins.ts';
import { isLoopback } from './is-loopback.ts';
import { orStopped } from './or-stopped.ts';
import { RegistryClient } from './registry-client.ts';
import { RegistryError } from './registry-error.ts';
import { Repository } from './repository.ts';

/** Whether an engine was told that a registry needs no certificate. */
export type IsInsecure = (registry: string) => Promise<boolean>;

/** What is needed to reach any registry. */
export type Access = { logins: Logins; isInsecure: IsInsecure };

/** The registry and the repository that a reference names, and the tag or digest in it. */
export function placeOf(reference: string): { registry: string; repository: string; version: string } {
  const { registry = 'docker.io', repository, tag, digest } = parseReference(withDefaultTag(reference));
  return { registry, repository, version: digest ?? tag ?? 'latest' };
}

/**
 * Opens a registry as the person who is signed in there, and gives it to `use`; its connections are closed at the end.
 * A refused login is said with the registry's name.
 */
export async function withRegistry<T>(
  registry: string,
  { logins, isInsecure }: Access,
  use: (client: RegistryClient) => Promise<T>,
  { signal, anonymously = false }: { signal?: AbortSignal | undefined; anonymously?: boolean } = {},
): Promise<T> {
  // a helper may be asking the person at this moment
  const login = anonymously ? undefined : await orStopped(logins.find(registry), signal);
  let client: RegistryClient | undefined;
  try {
    const insecure = isLoopback(registry) || (await isInsecure(registry));
    client = await RegistryClient.open({ registry, login, isInsecure: insecure }, signal);
    return await use(client);
  } catch (error) {
    if (isUnknownThere(error, registry) && !anonymously) error.missingHelper = await logins.missingHelper(registry);
    throw error;
  } finally {
    client?.close();
  }
}

const isUnknownThere = (error: unknown, registry: string): error is RegistryError =>
  error instanceof RegistryError && error.status === 401 && error.registry === registry && !error.hadLogin;

/** The same for the repository of a reference. */
export function withRepository<T>(
  reference: string,
  access: Access,
  use: (repository: Repository, version: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { registry, repository, version } = placeOf(reference);
  return withRegistry(registry, access, (client) => use(new Repository(client, repository), version), { signal });
}
