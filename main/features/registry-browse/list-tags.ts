import { tag as tagForm } from '../../../contract/grammar.ts';
import type { TagsPart } from '../../../contract/registry-browse.ts';
import { RegistryError } from '../../foundation/registries/errors/registry-error.ts';
import { pagesOf } from '../../foundation/registries/read-pages.ts';
import type { Repository } from '../../foundation/registries/repository.ts';

/** The most tags of a repository that are read. */
export const mostTags = 100_000;
/** How many go to the window at once: some registries give all tags on one page. */
const atOnce = 1000;

/** The tags of a repository, as they come; what is no tag that can be asked for is counted. */
export async function* listTags(repository: Repository, signal?: AbortSignal): AsyncGenerator<TagsPart> {
  let read = 0;
  try {
    for await (const page of tagPages(repository, signal)) {
      const names = page.filter((name) => tagForm.test(name));
      read += page.length;
      yield { names: names.slice(0, atOnce), odd: page.length - names.length };
      for (let at = atOnce; at < names.length; at += atOnce) yield { names: names.slice(at, at + atOnce), odd: 0 };
    }
  } catch (error) {
    if (read > 0 || !(error instanceof RegistryError) || error.status !== 404) throw error;
    yield { names: [], odd: 0, isUnknown: true };
  }
  if (read >= mostTags) yield { names: [], odd: 0, isCutOff: true };
}

/** Whatever a registry lists as tags, page by page. */
export const tagPages = ({ client, name, pull }: Repository, signal?: AbortSignal): AsyncGenerator<string[]> =>
  pagesOf(client, { url: `/v2/${name}/tags/list?n=1000`, member: 'tags', scopes: pull, most: mostTags, signal });
