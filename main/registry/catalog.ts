import pLimit from 'p-limit';
import type { Catalog } from '../../contract/registry.ts';
import { readPages } from '../distribution/read-pages.ts';
import { RegistryClient } from '../distribution/registry-client.ts';
import { RegistryError } from '../distribution/registry-error.ts';
import { Repository } from '../distribution/repository.ts';
import { untilItAnswers } from './until-it-answers.ts';

/** Names that a registry on this computer is read for; nobody looks through more. */
const most = 20_000;
/** Repositories asked at the same time. */
const atOnce = 8;

/** What the registry at `localhost:…` holds, page by page. Repositories whose last tag was deleted are left out. */
export async function readCatalog(address: string): Promise<Catalog> {
  await untilItAnswers(address);
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

// one of which everything was deleted is still in the list, and has none
const tagsOf = async (client: RegistryClient, name: string): Promise<string[]> =>
  (
    await new Repository(client, name).tags(most).catch((error) => {
      if (error instanceof RegistryError && error.status === 404) return [];
      throw error;
    })
  ).sort();
