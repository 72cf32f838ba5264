import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { CleanUpItem, DiskLook } from '../../../contract/disk.ts';
import { count } from '../../ui/format.ts';
import { titleOf } from './disk-words.ts';

/** A part of the map. Areas are bytes. */
export type Tile = {
  key: string;
  title: string;
  bytes: number;
  fate: 'goes' | 'could' | 'stays';
  /** How long it is known to be nowhere else: drawn with a dashed edge. */
  isOnlyOne: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
};

type Part = Omit<Tile, 'x' | 'y' | 'width' | 'height'>;

/** Items that would be too small to see are one part together. */
const smallest = 0.008;

/** Where the bytes are, the largest first. What several images have in common is a part of its own. Pure. */
export function partsOfDisk(look: DiskLook, chosen: ReadonlySet<string>, isOnlyOne: (item: CleanUpItem) => boolean): Part[] {
  const shown = look.items.flatMap((item): Part[] => {
    const bytes = item.freed?.bytes ?? 0;
    const fate = item.stays ? 'stays' : chosen.has(item.key) ? 'goes' : 'could';
    return bytes > 0 ? [{ key: item.key, title: titleOf(item), bytes, fate, isOnlyOne: isOnlyOne(item) }] : [];
  });
  const own = (kind: CleanUpItem['kind']) =>
    look.items.filter((item) => item.kind === kind).reduce((sum, { freed }) => sum + (freed?.bytes ?? 0), 0);
  const shared = (look.images ?? 0) - own('image');
  const kept: Part[] = [
    { key: 'shared', title: 'Shared by images and cache', bytes: shared, fate: 'stays', isOnlyOne: false },
    { key: 'registry', title: 'Registry of this computer', bytes: look.registry ?? 0, fate: 'stays', isOnlyOne: false },
  ];
  const all = [...shown, ...kept.filter(({ bytes }) => bytes > 0)].toSorted((a, b) => b.bytes - a.bytes);
  const total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  const large = all.filter(({ bytes }) => bytes >= total * smallest);
  return [...large, ...restOf(all.slice(large.length))];
}

function restOf(small: Part[]): Part[] {
  const bytes = small.reduce((sum, part) => sum + part.bytes, 0);
  const fate = small.every((part) => part.fate === 'goes') ? 'goes' : small.every((part) => part.fate === 'stays') ? 'stays' : 'could';
  return bytes > 0 ? [{ key: 'rest', title: `${count(small.length, 'smaller one')}`, bytes, fate, isOnlyOne: false }] : [];
}

/** The places of the parts in a box. Pure. */
export function layOutDisk(parts: readonly Part[], { width, height }: { width: number; height: number }): Tile[] {
  if (width <= 0 || height <= 0 || parts.length === 0) return [];
  const root = hierarchy<{ children?: readonly Part[]; part?: Part }>({ children: parts } as never, ({ children }) =>
    children?.map((part) => ({ part })),
  ).sum(({ part }) => part?.bytes ?? 0);
  const laid = treemap<{ part?: Part }>().tile(treemapSquarify.ratio(1.3)).size([width, height]).paddingInner(3).round(true)(root as never);
  return laid
    .leaves()
    .flatMap(({ data: { part }, x0, x1, y0, y1 }) => (part ? [{ ...part, x: x0, y: y0, width: x1 - x0, height: y1 - y0 }] : []));
}
