import type { Import } from './read-imports.ts';

/** The room of a file, or undefined if it is not in the picture. */
type RoomOf = (path: string) => string | undefined;

const pictures: Record<string, RoomOf> = {
  // both programs and what they share
  house: (path) => {
    const [program = '', room = ''] = path.split('/');
    return program === 'contract' || program === 'preload' ? program : `${program}/${room}`;
  },
  foundation: (path) => /^main\/foundation\/([^/]+)\//.exec(path)?.[1],
};

/** A Mermaid chart of which room imports which. Arrows that follow from others are left out. */
export function drawFloors(imports: Import[], picture: string): string {
  const roomOf = pictures[picture] ?? (() => undefined);
  const below = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [upper, lower] = [roomOf(from), roomOf(to)];
    if (upper === undefined || lower === undefined || upper === lower) continue;
    below.set(upper, (below.get(upper) ?? new Set()).add(lower));
  }
  const arrows = [...below]
    .flatMap(([upper, lowers]) => [...lowers].map((lower) => [upper, lower] as const))
    .filter(([upper, lower]) => !isReached(below, upper, lower))
    .map(([upper, lower]) => `  ${node(upper)} --> ${node(lower)}`);
  return ['flowchart TB', ...arrows.sort()].join('\n');
}

/** Whether there is a longer way from one room to another than the arrow between them. */
function isReached(below: Map<string, Set<string>>, upper: string, lower: string): boolean {
  const seen = new Set<string>([upper]);
  const waiting = [...(below.get(upper) ?? [])].filter((room) => room !== lower);
  for (const room of waiting) {
    if (room === lower) return true;
    if (seen.has(room)) continue;
    seen.add(room);
    waiting.push(...(below.get(room) ?? []));
  }
  return false;
}

const node = (room: string): string => `${room.replace(/[^a-z]/gi, '_')}["${room}"]`;
