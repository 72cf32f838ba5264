import type { RegistryFacts } from '../../../contract/transfer.ts';
import { RegistryError } from './errors/registry-error.ts';
import { type Access, withRegistry } from './open-repository.ts';
import { Repository } from './repository.ts';

/** Facts about the place that an image goes to or comes from. */
export async function readRegistryFacts(repository: Repository, access: Access, signal?: AbortSignal): Promise<RegistryFacts> {
  const { client, name } = repository;
  return {
    registry: client.registry,
    repository: name,
    ...(client.username && { username: client.username }),
    visibility: await visibilityOf(repository, access, signal),
    isPlain: client.isPlain,
  };
}

// an anonymous request succeeds only if the repository is public
async function visibilityOf({ client, name }: Repository, access: Access, signal?: AbortSignal): Promise<RegistryFacts['visibility']> {
  try {
    await withRegistry(client.registry, access, (anybody) => new Repository(anybody, name).tags(1, signal), { signal, anonymously: true });
    return 'public';
  } catch {
    signal?.throwIfAborted();
  }
  try {
    await new Repository(client, name).tags(1, signal);
    return 'private';
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof RegistryError) return 'unknown'; // the repository does not exist yet
    throw error;
  }
}
