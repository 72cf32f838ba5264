import type { SQLOutputValue } from 'node:sqlite';
import type { RememberedRepository, TagLine, TagMove, TagTimeline } from '../../../contract/tag-moves.ts';
import type { TaskKind } from '../../../contract/task.ts';
import type { Row, Statements } from './tag-store.ts';

/** How much of a repository is told at once. */
const most = { lines: 200, moves: 2000 };

type Asked = { place: string; repository: string; from: number; containing: string };

/** The moves of a repository since a time, of the tags that contain a text. */
export function tellTimeline(statements: Statements, { place, repository, from, containing }: Asked): TagTimeline {
  const { since, seen } = statements.place.get(place) ?? {};
  const lines = new Map<string, TagLine>();
  const lineOf = (tag: SQLOutputValue): TagLine => {
    const line = lines.get(String(tag)) ?? { tag: String(tag), moves: [], older: 0 };
    lines.set(line.tag, line);
    return line;
  };
  for (const { tag, image, since: nowSince } of statements.namesOf.all(place, repository, containing))
    Object.assign(lineOf(tag ?? null), { now: String(image), nowSince: Number(nowSince) });
  for (const row of statements.movesOf.all(place, repository, from, containing, most.moves).reverse())
    lineOf(row.tag ?? null).moves.push(moveOf(row));
  for (const { tag, count } of statements.countsOf.all(place, repository)) {
    const line = lines.get(String(tag));
    if (line) line.older = Number(count) - line.moves.length;
  }
  const all = [...lines.values()].sort(byLastMove);
  const images = new Set(all.flatMap(({ moves }) => moves.flatMap((move) => [move.from, move.to])));
  const digests = [...images].flatMap((image): [string, string[]][] => {
    const found = image === undefined ? [] : statements.digestsOf.all(place, image);
    return image !== undefined && found.length > 0 ? [[image, found.map(({ digest }) => String(digest))]] : [];
  });
  return {
    ...(since !== undefined && { since: Number(since) }),
    ...(typeof seen === 'number' && { seen }),
    lines: all.slice(0, most.lines),
    digests: Object.fromEntries(digests),
    omitted: Math.max(0, all.length - most.lines),
  };
}

function byLastMove(a: TagLine, b: TagLine): number {
  const last = ({ moves }: TagLine) => moves.at(-1)?.at ?? 0;
  return (
    Number(a.now === undefined) - Number(b.now === undefined) ||
    last(b) - last(a) ||
    b.moves.length - a.moves.length ||
    a.tag.localeCompare(b.tag, 'en', { numeric: true })
  );
}

const moveOf = ({ came_from, from_since, went_to, since, at, exact, kind, task }: Row): TagMove => ({
  ...(typeof came_from === 'string' && { from: came_from }),
  ...(typeof from_since === 'number' && { fromSince: from_since }),
  ...(typeof went_to === 'string' && { to: went_to }),
  since: Number(since),
  at: Number(at),
  isExact: exact === 1,
  ...(typeof kind === 'string' && typeof task === 'string' && { by: { kind: kind as TaskKind, task } }),
});

export const describeRepository = ({ repository, tags, moves, last }: Row): RememberedRepository => ({
  repository: String(repository),
  tags: Number(tags),
  moves: Number(moves),
  ...(typeof last === 'number' && { lastAt: last }),
});
