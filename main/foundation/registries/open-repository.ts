import { isLoopback, parseReference, withDefaultTag } from '../../../contract/reference.ts';
import { RegistryError } from './errors/registry-error.ts';
import type { Logins } from './logins/logins.ts';
import { raceSignal } from './race-signal.ts';
import { RegistryClient } from './registry-client.ts';
import { Repository } from './repository.ts';

/** Whether the engine is configured to accept a registry without a certificate. */
export type IsInsecure = (registry: string) => Promise<boolean>;

/** Everything needed to reach any registry. */
export type Access = {
  logins: Logins;
  isInsecure: IsInsecure;
  /** Whether the engine in use can sign in with a token that stands for a password. */
  takesTokens: () => boolean;
};

/** The registry and repository that a reference names, and the tag or digest. */
export function placeOf(reference: string): { registry: string; repository: string; version: string } {
  const { registry = 'docker.io', repository, tag, digest } = parseReference(withDefaultTag(reference));
  return { registry, repository, version: digest ?? tag ?? 'latest' };
}

/**
 * Opens a registry with the person's login, passes it to `use`, and closes its connections at the end. If the registry requires a
 * login, the error also names a missing credential helper.
 */
export async function withRegistry<T>(
  registry: string,
  { logins, isInsecure }: Pick<Access, 'logins' | 'isInsecure'>,
  use: (client: RegistryClient) => Promise<T>,
  { signal, anonymously = false }: { signal?: AbortSignal | undefined; anonymously?: boolean } = {},
): Promise<T> {
  // a helper may be asking the person right now
  const login = anonymously ? undefined : await raceSignal(logins.find(registry), signal);
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

/** The same for a reference's repository. */
export function withRepository<T>(
  reference: string,
  access: Access,
  use: (repository: Repository, version: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { registry, repository, version } = placeOf(reference);
  return withRegistry(registry, access, (client) => use(new Repository(client, repository), version), { signal });
}
