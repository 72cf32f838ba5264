import type { TagLine, TagMove } from '../../../contract/tag-moves.ts';

/** For how long a tag was at one image, or was not there. */
export type Period = {
  /** Tells the periods of a tag apart. */
  key: string;
  tag: string;
  /** Absent while there was no such tag. */
  image?: string;
  /** The move that began it; without one, all that is known is since when it was so. */
  begun?: TagMove;
  /** From then on it is known to have been so. */
  from: number;
  /** The move that ended it; absent if it is so now. */
  ended?: TagMove;
};

/** Every period of a tag, the oldest first. Before its first image, and without one that is known, there is none. */
export function periodsOf({ tag, now, nowSince, moves }: TagLine): Period[] {
  const first = moves[0];
  const before: Period[] =
    first?.from === undefined ? [] : [{ key: `${tag} known`, tag, image: first.from, from: first.fromSince ?? first.since, ended: first }];
  const after = moves.map((begun, at): Period => {
    const ended = moves[at + 1];
    return {
      key: `${tag} ${at}`,
      tag,
      ...(begun.to !== undefined && { image: begun.to }),
      begun,
      from: begun.at,
      ...(ended && { ended }),
    };
  });
  if (moves.length === 0 && now !== undefined) return [{ key: `${tag} known`, tag, image: now, from: nowSince ?? 0 }];
  return [...before, ...after];
}

/** One of them as it is known now; undefined if nothing is remembered of it any more. */
export const periodOf = (line: TagLine, key: string): Period | undefined => periodsOf(line).find((period) => period.key === key);

/** Whether a tag ever went from one image to another: that it came is no move. */
export const hasMoved = ({ moves }: TagLine): boolean => moves.some(({ from, to }) => from !== undefined && to !== undefined);

/** What people call an image of a repository: a tag that stays where it is, a version before others; undefined if it has no such tag. */
export function titleImages(lines: readonly TagLine[]): (image: string, besides: string) => string | undefined {
  const names = new Map<string, string[]>();
  for (const line of lines) if (line.now !== undefined && !hasMoved(line)) names.set(line.now, [...(names.get(line.now) ?? []), line.tag]);
  return (image, besides) => {
    const own = (names.get(image) ?? []).filter((tag) => tag !== besides);
    const isVersion = (tag: string) => Number(/^v?\d/.test(tag));
    // the more exact of two versions says more
    return own.sort((a, b) => isVersion(b) - isVersion(a) || b.length - a.length)[0];
  };
}
