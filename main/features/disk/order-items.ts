import type { CleanUpItem } from '../../../contract/disk.ts';

/** What it costs to lose something, from nothing to all of it. */
const cost = {
  leftOver: 0,
  untagged: 1,
  atRegistry: 2,
  recentCache: 3,
  builtHere: 4,
  onlyOne: 5,
  stays: 6,
} as const;

/** The items least missed first: what costs less to lose, then what was not used for longer. */
export const orderItems = (items: readonly CleanUpItem[]): CleanUpItem[] =>
  items.toSorted((a, b) => costOf(a) - costOf(b) || (a.lastUsedAt ?? 0) - (b.lastUsedAt ?? 0) || a.key.localeCompare(b.key));

/** Whether an item may go without a person having chosen it: it can be had again. */
export const maySuggest = (item: CleanUpItem): boolean => costOf(item) < cost.onlyOne;

function costOf(item: CleanUpItem): number {
  if (item.stays) return cost.stays;
  switch (item.kind) {
    // what a container wrote is nowhere else
    case 'container':
      return cost.onlyOne;
    case 'cache':
      // a folder that steps keep may have taken long to fill
      return item.isOld ? cost.leftOver : item.group === 'sources' ? cost.untagged : cost.recentCache;
    case 'image':
      if (item.comesBack.how === 'unknown') return cost.onlyOne;
      if (item.references.length === 0) return cost.untagged;
      return item.comesBack.how === 'registry' ? cost.atRegistry : cost.builtHere;
  }
}
