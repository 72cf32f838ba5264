import * as z from 'zod';
import { readAsGo } from '../formats/read-as-go.ts';
import { troubleAt } from './errors/registry-error.ts';
import type { RegistryClient } from './registry-client.ts';
import type { WholeAnswer } from './wire.ts';

type Pages = {
  /** The first page's URL. */
  url: string;
  /** The field with the names: `tags`, `repositories`. */
  member: string;
  scopes: string[];
  /** How many names are enough. */
  most: number;
  signal?: AbortSignal | undefined;
};

const longestPage = 4 * 1024 * 1024;

/**
 * Reads a list that a registry gives page by page, in its own order, and passes on what is new on each. It ends when a page has nothing new
 * or leads to one already read, whatever the registry says, as some never stop.
 */
export async function* pagesOf(client: RegistryClient, { url, member, scopes, most, signal }: Pages): AsyncGenerator<string[]> {
  const Page = z.object({ [member]: z.array(z.string()).default([]) });
  const names = new Set<string>();
  const read = new Set<string>();
  for (let next: string | undefined = url; next !== undefined && !read.has(next) && names.size < most; ) {
    read.add(next);
    const answer: WholeAnswer = await client.read({ method: 'GET', url: next, scopes, accept: [200], signal }, longestPage);
    const page = Page.safeParse(parse(answer.bytes.toString('utf8')));
    if (!page.success) throw troubleAt('GET', new URL(next, client.origin).href, 'odd', 'its list is not a list');
    const fresh = [...new Set(page.data[member])].filter((name) => !names.has(name)).slice(0, most - names.size);
    for (const name of fresh) names.add(name);
    if (fresh.length === 0) return;
    yield fresh;
    next = nextPage(String(answer.headers.link ?? ''), client.origin);
  }
}

/** The same, all of it at once. */
export async function readPages(client: RegistryClient, pages: Pages): Promise<string[]> {
  const names: string[] = [];
  for await (const page of pagesOf(client, pages)) for (const name of page) names.push(name);
  return names;
}

// a registry behind another server may name itself by an address that only that server knows
function nextPage(link: string, origin: string): string | undefined {
  const next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link)?.[1];
  const url = next === undefined ? null : URL.parse(next, origin);
  return url?.pathname.startsWith('/v2/') ? `${url.pathname}${url.search}` : undefined;
}

function parse(text: string): unknown {
  try {
    return readAsGo(text);
  } catch {
    return undefined;
  }
}
