import type { CleanUpChoice, CleanUpItem } from './disk.ts';

/** The choice of all of these. */
export function choiceOf(items: readonly CleanUpItem[]): CleanUpChoice {
  return {
    images: items.flatMap((item) => (item.kind === 'image' ? [{ id: item.id, references: item.references }] : [])),
    records: items.flatMap((item) => (item.kind === 'cache' ? item.records.map(({ id }) => id) : [])),
    containers: items.flatMap((item) => (item.kind === 'container' ? [item.id] : [])),
  };
}
