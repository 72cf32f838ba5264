import { TagName } from '../../../../contract/registry-browse.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { mediaTypes } from '../../../foundation/formats/manifest.ts';
import { inParallel } from '../../../foundation/progress/in-parallel.ts';
import { type Repository, saysNothing } from '../../../foundation/registries/repository.ts';
import { mostTags, tagPages } from '../list-tags.ts';
import { patiently } from '../patiently.ts';

/** How many tags are asked about in one go; the pace of the host says how many at a time. */
const inOneGo = 200;

/** How many lists are read at the same time. */
const listsAtOnce = 6;

/** Where all tags of a repository lead. */
export type ScannedTags = {
  digests: Map<string, string>;
  /** The tags that lead to a digest. */
  tagsOf: Map<string, string[]>;
  /** By digest of an image: the digests of the lists with tags that lead to it, also by way of another list. */
  listsOf: Map<string, Set<string>>;
  unreadable: string[];
};

/** Asks where each tag leads, and which images are parts of lists, and tells how far that is: no registry says who leads to an image. */
export async function* scanTags(
  repository: Repository,
  signal?: AbortSignal,
): AsyncGenerator<{ done: number; total: number }, ScannedTags> {
  const scanned: ScannedTags = { digests: new Map(), tagsOf: new Map(), listsOf: new Map(), unreadable: [] };
  const lists = new Map<string, string>();
  const look = async (tag: string): Promise<void> => {
    const found = await orNot(() => findClearly(repository, tag, signal), signal);
    if (found === 'unreadable') scanned.unreadable.push(tag);
    else if (found) note(scanned, lists, tag, found);
  };
  const tags = await allTags(repository, signal);
  for (let at = 0; at < tags.length; at += inOneGo) {
    yield { done: at, total: tags.length };
    await Promise.all(tags.slice(at, at + inOneGo).map(look));
  }
  // with many tags that took a while, and somebody may have given an image another one
  const known = new Set(tags);
  await Promise.all((await allTags(repository, signal)).filter((tag) => !known.has(tag)).map(look));
  await inParallel([...lists], listsAtOnce, async ([digest, tag]) => {
    if (!(await noteParts(scanned, repository, digest, signal))) scanned.unreadable.push(tag);
  });
  return scanned;
}

/** Rejects if there are more than are read: what leads to an image is known only by way of all tags. */
async function allTags(repository: Repository, signal: AbortSignal | undefined): Promise<string[]> {
  const tags: string[] = [];
  let read = 0;
  for await (const page of tagPages(repository, signal)) {
    read += page.length;
    for (const tag of page) if (TagName.safeParse(tag).success) tags.push(tag);
  }
  if (read >= mostTags) throw tooManyTags(repository.name);
  return tags;
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
  if (isList(mediaType)) lists.set(digest, tag);
}

const isList = (mediaType: string): boolean => mediaType === mediaTypes.index || mediaType === mediaTypes.dockerIndex;

/** What a tag leads to. A list has to be told from an image: where the registry's answer doesn't, the manifest does. */
async function findClearly(repository: Repository, tag: string, signal: AbortSignal | undefined) {
  const found = await repository.findTagged(tag, signal);
  return found && saysNothing(found.mediaType) ? repository.findManifest(found.digest, signal) : found;
}

/** Notes what a list leads to, also by way of lists in it. Gives whether all of it could be read. */
async function noteParts(
  { listsOf }: ScannedTags,
  repository: Repository,
  list: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const seen = new Set<string>();
  const waiting = [list];
  for (let digest = waiting.pop(); digest !== undefined; digest = waiting.pop()) {
    if (seen.has(digest)) continue;
    seen.add(digest);
    const at = digest;
    const found = await orNot(() => repository.findManifest(at, signal), signal);
    // a list may lack some of its parts, but has to be there itself
    if (found === 'unreadable' || (found === undefined && digest === list)) return false;
    if (found?.manifest.kind !== 'index') continue;
    for (const one of found.manifest.manifests) {
      addTo(listsOf, one.digest, list);
      if (isList(one.mediaType)) waiting.push(one.digest);
    }
  }
  return true;
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

const tooManyTags = (repository: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${repository} has too many tags to remove some`,
    detail: `Layerdeck looks through ${mostTags.toLocaleString('en')} tags of a repository, and this one has more. Which of them would go along can’t be told.`,
    hint: 'Use the registry’s own tools.',
  });
