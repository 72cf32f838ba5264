import { type Change, diffLines } from 'diff';

/** A line of a difference: in both, only in one, or a gap of so many lines that are the same. */
export type DiffLine =
  | { kind: 'same'; first: number; second: number; text: string }
  | { kind: 'removed'; first: number; text: string }
  | { kind: 'added'; second: number; text: string }
  | { kind: 'gap'; lines: number };

/** Lines that stay around what differs. */
const around = 3;
/** Differences beyond that take longer than anyone wants to wait, and say nothing any more. */
const mostEdits = 2000;

/** Undefined if they have too little in common. It works in small pieces, so that the window goes on. */
export function differingLines(first: string, second: string): Promise<DiffLine[] | undefined> {
  return new Promise((resolve) => {
    diffLines(first, second, { maxEditLength: mostEdits, callback: (changes) => resolve(changes && foldSame(linesOf(changes))) });
  });
}

function linesOf(changes: Change[]): DiffLine[] {
  let [one, other] = [1, 1];
  return changes.flatMap(({ value, added, removed }) =>
    splitLines(value).map((text): DiffLine => {
      if (added) return { kind: 'added', second: other++, text };
      if (removed) return { kind: 'removed', first: one++, text };
      return { kind: 'same', first: one++, second: other++, text };
    }),
  );
}

// the end of a line belongs to it
const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Leaves of what is the same only the lines around differences. */
function foldSame(lines: DiffLine[]): DiffLine[] {
  const isNear = new Uint8Array(lines.length);
  for (const [at, { kind }] of lines.entries())
    if (kind !== 'same') isNear.fill(1, Math.max(0, at - around), Math.min(lines.length, at + around + 1));
  const folded: DiffLine[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (isNear[at]) folded.push(lines[at] as DiffLine);
    else {
      const end = isNear.indexOf(1, at);
      const count = (end < 0 ? lines.length : end) - at;
      // a gap of one line is no shorter than the line
      folded.push(count === 1 ? (lines[at] as DiffLine) : { kind: 'gap', lines: count });
      at += count - 1;
    }
  }
  return folded;
}
