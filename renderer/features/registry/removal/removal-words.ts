import type { OldRule, RemovalItem, RemovalScope } from '../../../../contract/registry-removal.ts';
import { count, listedUpTo } from '../../../ui/format.ts';

/** All tags that go: those that were chosen, and those that go along. */
export function goingTags(items: readonly RemovalItem[], scope: RemovalScope): number {
  return items.reduce((sum, item) => sum + (goes(item, scope) ? item.tags.length + alongWith(item, scope).length : 0), 0);
}

/** An image that a list needs can’t go itself. */
export const goes = ({ partOf }: RemovalItem, scope: RemovalScope): boolean => scope === 'tags' || partOf.length === 0;

export const alongWith = ({ siblings }: RemovalItem, scope: RemovalScope): string[] => (scope === 'images' ? siblings : []);

/** Whether nothing leads to the image any longer, so that the registry may collect it. */
export const isLostThere = (item: RemovalItem, scope: RemovalScope): boolean =>
  item.partOf.length === 0 && (scope === 'images' || item.siblings.length === 0);

/** What happens to the image of these tags. */
export function fateWords(item: RemovalItem, scope: RemovalScope): string {
  const { siblings, partOf } = item;
  if (!goes(item, scope)) return `It stays: it is one of the platforms of ${listedUpTo(partOf)}.`;
  if (scope === 'images' && siblings.length > 0) return `${listedUpTo(siblings)} ${siblings.length === 1 ? 'goes' : 'go'} as well.`;
  if (siblings.length > 0) return `The image stays as ${listedUpTo(siblings)}.`;
  if (partOf.length > 0) return `The image stays as one of the platforms of ${listedUpTo(partOf)}.`;
  return 'The image goes with its last tag.';
}

export const removalAction = (tags: number): string => (tags === 0 ? 'Remove' : `Remove ${count(tags, 'tag')}`);

/** A rule from what was typed; undefined if it says nothing, or nothing that makes sense. */
export function ruleOf({ newest, days, named }: { newest: string; days: string; named: string }): OldRule | undefined {
  const [keepNewest, olderThanDays] = [wholeNumber(newest), wholeNumber(days)];
  if (keepNewest === null || olderThanDays === null) return undefined;
  const name = named.trim();
  const rule: OldRule = {
    ...(keepNewest !== undefined && { keepNewest }),
    ...(olderThanDays !== undefined && { olderThanDays }),
    ...(name !== '' && { named: name }),
  };
  return keepNewest || olderThanDays !== undefined || name !== '' ? rule : undefined;
}

/** Undefined for nothing, null for what is no number. */
export function wholeNumber(text: string): number | undefined | null {
  const typed = text.trim();
  if (typed === '') return undefined;
  return /^\d{1,5}$/.test(typed) && Number(typed) <= 36_500 ? Number(typed) : null;
}
