import { type Marks, marksOfLine, type PartKind } from './mark-text.ts';

/** A piece of a line that is drawn in one way. */
export type LinePart = { from: number; to: number; kind?: PartKind; isMatch: boolean };

/** Cuts a line where its parts begin and end, and where what was searched for is in it. */
export function lineParts(text: string, query: string, marks: Marks | undefined, line: number): LinePart[] {
  const kinds = marks ? marksOfLine(marks, line) : [];
  const matches = matchesOf(text, query);
  const cuts = new Set([0, text.length, ...kinds.flatMap(({ from, to }) => [from, to]), ...matches.flatMap(({ from, to }) => [from, to])]);
  const places = [...cuts].sort((one, other) => one - other);
  // both are in order, and none is over another of its kind: a long line has thousands
  const kindAt = walk(kinds);
  const matchAt = walk(matches);
  return places.slice(0, -1).map((from, at): LinePart => {
    const kind = kindAt(from)?.kind;
    return { from, to: places[at + 1] ?? text.length, ...(kind && { kind }), isMatch: matchAt(from) !== undefined };
  });
}

/** Gives the one of some parts in order in which a place is. Places have to be asked for in order, too. */
function walk<T extends { from: number; to: number }>(parts: readonly T[]): (place: number) => T | undefined {
  let next = 0;
  return (place) => {
    while ((parts[next]?.to ?? Number.POSITIVE_INFINITY) <= place) next++;
    const part = parts[next];
    return part && part.from <= place ? part : undefined;
  };
}

function matchesOf(text: string, query: string): { from: number; to: number }[] {
  const [all, wanted] = [text.toLowerCase(), query.toLowerCase()];
  const found: { from: number; to: number }[] = [];
  // letters whose small form has another length would move everything
  if (wanted === '' || all.length !== text.length) return found;
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + wanted.length))
    found.push({ from: at, to: at + wanted.length });
  return found;
}
