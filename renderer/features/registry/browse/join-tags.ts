import type { KnownTag } from './tag-reader.ts';

/** By the first tag of each image all others of it, which stand in its row. */
export type JoinedTags = ReadonlyMap<string, readonly string[]>;

/** Each tag has a row of its own. */
export const apart: JoinedTags = new Map();

/** One row for each image, where its first tag stands. A tag of which it isn’t known what is under it keeps a row of its own. */
export function joinTags(tags: readonly string[], get: (tag: string) => KnownTag | undefined): { rows: string[]; joined: JoinedTags } {
  const images = Map.groupBy(tags, (tag) => {
    const known = get(tag);
    return known && 'details' in known ? known.details.digest : tag;
  });
  const groups = [...images.values()] as [string, ...string[]][];
  return { rows: groups.map(([first]) => first), joined: new Map(groups.map(([first, ...others]) => [first, others])) };
}

/** All tags that stand in these rows. */
export const tagsOf = (rows: readonly string[], joined: JoinedTags): string[] => rows.flatMap((tag) => [tag, ...(joined.get(tag) ?? [])]);
