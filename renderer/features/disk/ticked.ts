import type { CleanUpItem } from '../../../contract/disk.ts';

/** What was ticked, and what it was then: by key, the names of an image or the records of a part of the cache. */
export type Ticked = ReadonlyMap<string, string>;

export const noTicks: Ticked = new Map();

/** These items ticked as they are now. */
export const tick = (items: readonly CleanUpItem[]): Ticked => new Map(items.map((item) => [item.key, markOf(item)]));

/** Ticks an item, or takes its tick away. */
export function toggle(ticked: Ticked, item: CleanUpItem): Ticked {
  const after = new Map(ticked);
  if (isTicked(ticked, item)) after.delete(item.key);
  else after.set(item.key, markOf(item));
  return after;
}

/** An image that got another name since, or a part of the cache with other records, is something else than what was ticked. */
export const isTicked = (ticked: Ticked, item: CleanUpItem): boolean => ticked.get(item.key) === markOf(item);

function markOf(item: CleanUpItem): string {
  if (item.kind === 'image') return item.references.toSorted().join(' ');
  return item.kind === 'cache'
    ? item.records
        .map(({ id }) => id)
        .sort()
        .join(' ')
    : '';
}
