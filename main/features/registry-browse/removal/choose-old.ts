import type { OldRule, SeenTag } from '../../../../contract/registry-removal.ts';

export type DatedTag = SeenTag & { createdAt?: number };

const day = 24 * 60 * 60 * 1000;

/** The tags that a rule lets go, the oldest first; what doesn't say when it was built stays. `now` is in milliseconds since 1970. */
export function chooseOld(
  tags: readonly DatedTag[],
  { keepNewest = 0, olderThanDays, named }: OldRule,
  now: number,
): { tags: (SeenTag & { createdAt: number })[]; undated: number } {
  const meant = tags.filter(({ tag }) => matchesName(tag, named));
  const dated = meant.flatMap(({ createdAt, ...seen }) => (createdAt === undefined ? [] : [{ ...seen, createdAt }]));
  const byAge = dated.toSorted((one, other) => other.createdAt - one.createdAt || (one.tag < other.tag ? -1 : 1));
  // an image counts once, however many tags it has
  const kept = new Set([...new Set(byAge.map(({ digest }) => digest))].slice(0, keepNewest));
  const before = olderThanDays === undefined ? Number.POSITIVE_INFINITY : now - olderThanDays * day;
  const old = byAge.filter(({ digest, createdAt }) => !kept.has(digest) && createdAt < before);
  return { tags: old.reverse(), undated: meant.length - dated.length };
}

/** Whether a tag is as a pattern says; “*” stands for anything and “?” for one letter. Takes no longer than both are long together, squared. */
export function matchesName(tag: string, pattern = ''): boolean {
  if (pattern === '') return true;
  // the place after the last “*”, and where in the tag it was met
  let star: [pattern: number, tag: number] | undefined;
  let at = 0;
  let place = 0;
  while (place < tag.length) {
    if (pattern[at] === '*') {
      star = [at + 1, place];
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === tag[place]) {
      at += 1;
      place += 1;
    } else if (star) {
      star = [star[0], star[1] + 1];
      [at, place] = star;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
