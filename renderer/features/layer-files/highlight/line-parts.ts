import { type Marks, marksOfLine, type PartKind } from './mark-text.ts';

/** A piece of a line that is drawn in one way. */
export type LinePart = { from: number; to: number; kind?: PartKind; isMatch: boolean };

/** Cuts a line where its parts begin and end, and where what was searched for is in it. */
export function lineParts(text: string, query: string, marks: Marks | undefined, line: number): LinePart[] {
  const kinds = marks ? marksOfLine(marks, line) : [];
  const matches = matchesOf(text, query);
  const cuts = new Set([0, text.length, ...kinds.flatMap(({ from, to }) => [from, to]), ...matches.flatMap(({ from, to }) => [from, to])]);
  const places = [...cuts].sort((one, other) => one - other);
  return places.slice(0, -1).map((from, at): LinePart => {
    const to = places[at + 1] ?? text.length;
    const kind = kinds.find((part) => part.from <= from && to <= part.to)?.kind;
    return { from, to, ...(kind && { kind }), isMatch: matches.some((match) => match.from <= from && to <= match.to) };
  });
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
