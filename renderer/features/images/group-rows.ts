import type { ImageRow } from './image-row.ts';
import { repositoriesOf } from './narrow-rows.ts';

/** The heading of a repository. */
export type GroupItem = { kind: 'group'; id: string; name: string; rows: ImageRow[]; isFolded: boolean };
/** What the list shows, one below the other. */
export type ListItem = { kind: 'image'; id: string; row: ImageRow } | GroupItem;

const untagged = 'Untagged';

export const withoutGroups = (rows: readonly ImageRow[]): ListItem[] => rows.map((row) => ({ kind: 'image', id: row.id, row }));

/**
 * The rows under the repository of their first name, those without any at the end. A repository stands where its first row would, so that
 * the order chosen for rows holds for repositories as well. `wanted`: the repository that all of them are in, whatever name comes first.
 */
export function groupRows(rows: readonly ImageRow[], folded: ReadonlySet<string>, wanted?: string): ListItem[] {
  const groups = Map.groupBy(rows, (row) => wanted ?? repositoriesOf(row)[0] ?? untagged);
  const names = [...groups.keys()].filter((name) => name !== untagged);
  return (groups.has(untagged) ? [...names, untagged] : names).flatMap((name) => {
    const own = groups.get(name) ?? [];
    const id = `group ${name}`;
    const isFolded = folded.has(id);
    return [{ kind: 'group', id, name, rows: own, isFolded }, ...(isFolded ? [] : withoutGroups(own))];
  });
}
