import type { Catalog } from '../../contract/registry.ts';
import { untilItAnswers } from './until-it-answers.ts';

/** Repositories asked for in one answer. */
const pageSize = 1000;

/** What the registry at `localhost:…` holds. Repositories whose last tag was deleted are left out. */
export async function readCatalog(address: string): Promise<Catalog> {
  await untilItAnswers(address);
  const { repositories } = await getJson<{ repositories: string[] }>(`http://${address}/v2/_catalog?n=${pageSize}`);
  const all = await Promise.all(
    repositories.map(async (name) => {
      const { tags } = await getJson<{ tags: string[] | null }>(`http://${address}/v2/${name}/tags/list`);
      return { name, tags: (tags ?? []).sort() };
    }),
  );
  return { repositories: all.filter(({ tags }) => tags.length > 0) };
}

async function getJson<T>(url: string): Promise<T> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`Get "${url}": ${answer.status} ${answer.statusText}`);
  return (await answer.json()) as T;
}
