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

type Ways = Pick<Access, 'logins' | 'isInsecure'>;
type How = { signal?: AbortSignal | undefined; anonymously?: boolean };

/** Opens a registry with the person's login; whoever gets it has to close it. */
export async function openRegistry(registry: string, ways: Ways, { signal, anonymously = false }: How = {}): Promise<RegistryClient> {
  const { logins, isInsecure } = ways;
  try {
    // a helper may be asking the person right now
    const login = anonymously ? undefined : await raceSignal(logins.find(registry), signal);
    const localName = logins.near.localNameOf(registry);
    const insecure = isLoopback(localName) || (await isInsecure(registry));
    return await RegistryClient.open(
      { registry, localName, login, isInsecure: insecure, authority: logins.near.authorityOf(registry) },
      signal,
    );
  } catch (error) {
    throw anonymously ? error : await withMissingHelper(error, registry, ways);
  }
}

/** The same error; if the registry requires a login, it also names a missing credential helper. */
export async function withMissingHelper(error: unknown, registry: string, { logins }: Pick<Ways, 'logins'>): Promise<unknown> {
  if (isUnknownThere(error, registry)) error.missingHelper = await logins.missingHelper(registry);
  return error;
}

/** Opens a registry, passes it to `use`, and closes its connections at the end. */
export async function withRegistry<T>(
  registry: string,
  ways: Ways,
  use: (client: RegistryClient) => Promise<T>,
  how: How = {},
): Promise<T> {
  const client = await openRegistry(registry, ways, how);
  try {
    return await use(client);
  } catch (error) {
    throw how.anonymously ? error : await withMissingHelper(error, registry, ways);
  } finally {
    client.close();
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
