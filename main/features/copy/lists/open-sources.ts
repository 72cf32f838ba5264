import { type Access, openRegistry, placeOf, withMissingHelper } from '../../../foundation/registries/open-repository.ts';
import type { RegistryClient } from '../../../foundation/registries/registry-client.ts';
import { Repository } from '../../../foundation/registries/repository.ts';

export type Place = { repository: Repository; version: string };

/** Opens the repositories of several names, each registry once, and closes them at the end. */
export async function withPlaces<T>(
  references: readonly string[],
  access: Access,
  use: (places: Place[]) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const clients = new Map<string, RegistryClient>();
  const all = references.map(placeOf);
  try {
    for (const { registry } of all) if (!clients.has(registry)) clients.set(registry, await openRegistry(registry, access, { signal }));
    return await use(
      all.map(({ registry, repository, version }) => ({
        repository: new Repository(clients.get(registry) as RegistryClient, repository),
        version,
      })),
    );
  } catch (error) {
    for (const registry of clients.keys()) await withMissingHelper(error, registry, access);
    throw error;
  } finally {
    for (const client of clients.values()) client.close();
  }
}
