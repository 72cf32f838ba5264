import pLimit from 'p-limit';
import type { Catalog } from '../../../contract/registry.ts';
import { RegistryError } from '../../foundation/registries/errors/registry-error.ts';
import { readPages } from '../../foundation/registries/read-pages.ts';
import { RegistryClient } from '../../foundation/registries/registry-client.ts';
import { Repository } from '../../foundation/registries/repository.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** The most names to read from a registry on this computer; nobody looks through more. */
const most = 20_000;
/** How many repositories are read at the same time. */
const atOnce = 8;

/** The content of the registry at `localhost:…`. Repositories whose last tag was deleted are left out. */
export async function readCatalog(address: string): Promise<Catalog> {
  await waitUntilReady(address);
  const client = await RegistryClient.open({ registry: address, login: undefined, isInsecure: true });
  try {
    return await readAll(client);
  } finally {
    client.close();
  }
}

async function readAll(client: RegistryClient): Promise<Catalog> {
  const names = await readPages(client, { url: '/v2/_catalog?n=1000', member: 'repositories', scopes: ['registry:catalog:*'], most });
  const limit = pLimit(atOnce);
  const all = await Promise.all(names.map((name) => limit(async () => ({ name, tags: await tagsOf(client, name) }))));
  return { repositories: all.filter(({ tags }) => tags.length > 0) };
}

// a repository whose images were all deleted is still listed, without tags
const tagsOf = async (client: RegistryClient, name: string): Promise<string[]> =>
  (
    await new Repository(client, name).tags(most).catch((error) => {
      if (error instanceof RegistryError && error.status === 404) return [];
      throw error;
    })
  ).sort();
