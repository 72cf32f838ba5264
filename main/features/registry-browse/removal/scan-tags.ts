import { TagName } from '../../../../contract/registry-browse.ts';
import { mediaTypes } from '../../../foundation/formats/manifest.ts';
import type { Repository } from '../../../foundation/registries/repository.ts';
import { tagPages } from '../list-tags.ts';
import { patiently } from '../patiently.ts';

/** How many tags are asked about in one go; the pace of the host says how many at a time. */
const inOneGo = 200;

/** Where all tags of a repository lead. */
export type ScannedTags = {
  digests: Map<string, string>;
  /** The tags that lead to a digest. */
  tagsOf: Map<string, string[]>;
  /** By digest of an image: the digests of the lists that have it as one of their platforms. */
  listsOf: Map<string, Set<string>>;
  unreadable: string[];
};

/** Asks where each tag leads, and which images are parts of lists, and tells how far that is: no registry says who leads to an image. */
export async function* scanTags(
  repository: Repository,
  signal?: AbortSignal,
): AsyncGenerator<{ done: number; total: number }, ScannedTags> {
  const tags: string[] = [];
  for await (const page of tagPages(repository, signal)) tags.push(...page.filter((tag) => TagName.safeParse(tag).success));
  const scanned: ScannedTags = { digests: new Map(), tagsOf: new Map(), listsOf: new Map(), unreadable: [] };
  const lists = new Map<string, string>();
  for (let at = 0; at < tags.length; at += inOneGo) {
    yield { done: at, total: tags.length };
    await Promise.all(
      tags.slice(at, at + inOneGo).map(async (tag) => {
        const found = await orNot(() => repository.findTagged(tag, signal), signal);
        if (found === 'unreadable') scanned.unreadable.push(tag);
        else if (found) note(scanned, lists, tag, found);
      }),
    );
  }
  for (const [digest, tag] of lists) {
    const found = await orNot(() => repository.manifest(digest, signal), signal);
    if (found === 'unreadable') scanned.unreadable.push(tag);
    else if (found.manifest.kind === 'index') for (const one of found.manifest.manifests) addTo(scanned.listsOf, one.digest, digest);
  }
  return scanned;
}

function note(
  { digests, tagsOf }: ScannedTags,
  lists: Map<string, string>,
  tag: string,
  found: { digest: string; mediaType: string },
): void {
  const { digest, mediaType } = found;
  digests.set(tag, digest);
  const tags = tagsOf.get(digest);
  if (tags) tags.push(tag);
  else tagsOf.set(digest, [tag]);
  if (mediaType === mediaTypes.index || mediaType === mediaTypes.dockerIndex) lists.set(digest, tag);
}

const addTo = (map: Map<string, Set<string>>, key: string, value: string): unknown => map.set(key, (map.get(key) ?? new Set()).add(value));

async function orNot<T>(ask: () => Promise<T>, signal: AbortSignal | undefined): Promise<T | 'unreadable'> {
  try {
    return await patiently(ask);
  } catch {
    signal?.throwIfAborted();
    return 'unreadable';
  }
}
