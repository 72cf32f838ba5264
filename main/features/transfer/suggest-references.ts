import { isOnlyRegistry, isReference } from '../../../contract/reference.ts';
import type { Suggestion } from '../../../contract/transfer.ts';
import { type Access, placeOf, withRegistry } from '../../foundation/registries/open-repository.ts';
import { Repository } from '../../foundation/registries/repository.ts';

/** The most suggestions to show. */
const most = 50;
/** The most tags to read from a repository. */
const mostTags = 5000;
/** The most repositories whose tags are remembered. */
const mostRepositories = 50;
/** Milliseconds before a repository's tags are read again. */
const freshFor = 60_000;
/** Milliseconds that a registry may take; nobody waits longer while typing. */
const answerWithin = 5000;

export type KnownReferences = {
  /** On the engine. */
  here: string[];
  /** Used before, the newest first. */
  before: readonly string[];
};

/** Completes an image's name while it is typed: from the engine's images, earlier names, and the tags in its registry. */
export class SuggestReferences {
  readonly #access: Access;
  readonly #tags = new Map<string, { at: number; tags: Promise<string[]> }>();

  constructor(access: Access) {
    this.#access = access;
  }

  async suggest(text: string, { here, before }: KnownReferences): Promise<Suggestion[]> {
    const typed = text.trim();
    const tags = await this.#tagsFor(typed);
    const found: Suggestion[] = [
      ...before.filter((reference) => matches(reference, typed)).map((reference) => ({ reference, from: 'before' as const })),
      ...tags.map((reference) => ({ reference, from: 'registry' as const })),
      ...here.filter((reference) => matches(reference, typed)).map((reference) => ({ reference, from: 'here' as const })),
    ];
    const seen = new Set<string>();
    return found.filter(({ reference }) => !seen.has(reference) && seen.add(reference)).slice(0, most);
  }

  // the repository is known only once a complete name is followed by ":"
  async #tagsFor(typed: string): Promise<string[]> {
    const colon = typed.lastIndexOf(':');
    if (colon <= typed.lastIndexOf('/') || colon === 0 || isOnlyRegistry(typed)) return [];
    const name = typed.slice(0, colon);
    const begun = typed.slice(colon + 1).toLowerCase();
    const tags = await this.#readTags(name).catch(() => []);
    return tags
      .filter((tag) => tag.toLowerCase().includes(begun))
      .sort((a, b) => Number(b.toLowerCase().startsWith(begun)) - Number(a.toLowerCase().startsWith(begun)) || newestFirst(a, b))
      .map((tag) => `${name}:${tag}`)
      .filter(isReference); // a registry may send anything
  }

  #readTags(name: string): Promise<string[]> {
    const known = this.#tags.get(name);
    if (known && Date.now() - known.at < freshFor) return known.tags;
    const signal = AbortSignal.timeout(answerWithin);
    const { registry, repository } = placeOf(name);
    const read = withRegistry(registry, this.#access, (client) => new Repository(client, repository).tags(mostTags, signal), { signal });
    const entry = { at: Date.now(), tags: read };
    this.#tags.set(name, entry);
    for (const oldest of this.#tags.keys()) if (this.#tags.size > mostRepositories) this.#tags.delete(oldest);
    // a failed read is repeated next time
    read.catch(() => this.#tags.get(name) === entry && this.#tags.delete(name));
    return read;
  }
}

const matches = (reference: string, typed: string): boolean => reference.toLowerCase().includes(typed.toLowerCase());

const collator = new Intl.Collator('en', { numeric: true });

/** Higher versions before lower ones, and `latest` before all. */
const newestFirst = (a: string, b: string): number => Number(b === 'latest') - Number(a === 'latest') || collator.compare(b, a);
