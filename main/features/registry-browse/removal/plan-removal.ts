import { mostAgreed, type RemovalItem, type RemovalScope, type RemovalWay, type SeenTag } from '../../../../contract/registry-removal.ts';
import type { ScannedTags } from './scan-tags.ts';

/** What is done to one image: it goes itself, with all its tags, or some of its tags go alone. */
export type RemovalStep = {
  digest: string;
  /** Those that were chosen. */
  tags: string[];
  /** Those that stay, or go as well if the image does. */
  siblings: string[];
  how: 'image' | RemovalWay;
  /** The lists that it is one of the platforms of: it may go itself only if they have gone. */
  lists: SeenTag[];
};

/** Why a tag stays, found before anything is done. */
export type Stays = { tag: string; why: 'moved' | 'unreadable' | 'part-of-list' | 'further-tag' | 'unknown-tags'; what?: string };

/** How many tags of lists are named that have an image. */
const mostOfLists = 1000;

/** What goes with these tags, image by image. */
export function removalItems(tags: readonly string[], scanned: ScannedTags): RemovalItem[] {
  const chosen = new Set(tags);
  const digests = new Set(tags.flatMap((tag) => scanned.digests.get(tag) ?? []));
  return [...digests].map((digest) => {
    const all = scanned.tagsOf.get(digest) ?? [];
    return {
      digest,
      tags: all.filter((tag) => chosen.has(tag)),
      siblings: all.filter((tag) => !chosen.has(tag)).slice(0, mostAgreed),
      partOf: remainingLists(digest, chosen, scanned).slice(0, mostOfLists),
    };
  });
}

type Wanted = { items: readonly SeenTag[]; scope: RemovalScope; agreed: readonly string[] };

/**
 * What to do, from what was agreed to and what is there now. An image goes itself only if nothing that stays needs it: then its layers can be
 * collected; otherwise only its tags go.
 */
export function planRemoval(
  { items, scope, agreed }: Wanted,
  scanned: ScannedTags,
  way: RemovalWay,
): { steps: RemovalStep[]; stays: Stays[] } {
  const stays: Stays[] = items.filter(({ tag, digest }) => scanned.digests.get(tag) !== digest).map(({ tag }) => ({ tag, why: 'moved' }));
  const chosen = new Set(items.filter(({ tag, digest }) => scanned.digests.get(tag) === digest).map(({ tag }) => tag));
  const mayGo = new Set([...chosen, ...agreed]);
  const steps: RemovalStep[] = [];
  for (const digest of new Set(items.filter(({ tag }) => chosen.has(tag)).map((one) => one.digest))) {
    const all = scanned.tagsOf.get(digest) ?? [];
    const tags = all.filter((tag) => chosen.has(tag));
    const siblings = all.filter((tag) => !chosen.has(tag));
    const [list] = remainingLists(digest, scope === 'images' ? mayGo : chosen, scanned);
    const lists = [...(scanned.listsOf.get(digest) ?? [])].map((one) => ({ digest: one, tag: scanned.tagsOf.get(one)?.[0] ?? '' }));
    const isFree = list === undefined && scanned.unreadable.length === 0;
    if (scope === 'tags') steps.push({ digest, tags, siblings, how: siblings.length === 0 && isFree ? 'image' : way, lists });
    else {
      const further = siblings.find((tag) => !mayGo.has(tag));
      if (list !== undefined) stays.push(...tags.map((tag): Stays => ({ tag, why: 'part-of-list', what: list })));
      else if (further !== undefined) stays.push(...tags.map((tag): Stays => ({ tag, why: 'further-tag', what: further })));
      else if (!isFree) stays.push(...tags.map((tag): Stays => ({ tag, why: 'unknown-tags', what: scanned.unreadable[0] ?? '' })));
      else steps.push({ digest, tags, siblings, how: 'image', lists });
    }
  }
  // a list goes before what is in it, so that it never lacks one of its images
  return { steps: steps.toSorted((one, other) => one.lists.length - other.lists.length), stays };
}

/** The tags of lists that have an image as one of their platforms, and don't go with it. */
function remainingLists(digest: string, going: ReadonlySet<string>, { listsOf, tagsOf }: ScannedTags): string[] {
  const lists = [...(listsOf.get(digest) ?? [])].map((list) => tagsOf.get(list) ?? []);
  return lists.filter((tags) => tags.some((tag) => !going.has(tag))).flat();
}
