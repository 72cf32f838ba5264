import type { KeyboardEvent } from 'react';
import { openDialog } from '../../desk/dialogs.ts';
import { openPage } from '../../desk/navigation.ts';
import { moveByKey } from '../../ui/move-by-key.ts';
import { searchFieldId } from './FilterBar.tsx';
import type { GroupItem, ListItem } from './group-rows.ts';
import { type ImageRow, selectableIds } from './image-row.ts';
import { activate, clearSelection, extendTo, selectAll, toggleFolded, toggleRow, toggleRows, useImageList } from './list-store.ts';

/** Arrows move, Space selects, Enter opens, Delete removes; only while a row itself has the focus. */
export function useTableKeys(
  items: ListItem[],
  ids: string[],
  selectable: ReadonlySet<string>,
  activeIndex: number,
  show: (index: number) => void,
) {
  const moveTo = (index: number, body: HTMLElement, extend: boolean) => {
    const id = ids[index];
    if (id === undefined) return;
    if (extend) extendTo(id, ids, selectable);
    else activate(id);
    show(index);
    // the row is in the page only once the list has been drawn again
    requestAnimationFrame(() => body.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }));
  };
  return (event: KeyboardEvent<HTMLElement>) => {
    const item = items[activeIndex];
    if (!item || !(event.target instanceof HTMLElement) || event.target.dataset.id === undefined) return;
    const page = Math.max(1, Math.floor((event.currentTarget.parentElement?.parentElement?.clientHeight ?? 520) / 52) - 2);
    const target = moveByKey(event.key, activeIndex, ids.length, page);
    const key = event.ctrlKey || event.metaKey ? `Mod+${event.key}` : event.key;
    const act = actForAny(key, items) ?? (item.kind === 'group' ? actForGroup(key, item) : actFor(key, item.row, items));
    if (target === undefined && !act) return;
    event.preventDefault();
    event.stopPropagation();
    if (target !== undefined) moveTo(target, event.currentTarget, event.shiftKey);
    else act?.();
  };
}

const rowsIn = (items: ListItem[]): ImageRow[] =>
  items.flatMap((item) => (item.kind === 'image' ? [item.row] : item.isFolded ? item.rows : []));

/** What a key does wherever the focus is. */
function actForAny(key: string, items: ListItem[]): (() => void) | undefined {
  switch (key) {
    case 'Mod+a':
      return () => selectAll(selectableIds(rowsIn(items)));
    case 'Escape':
      return clearSelection;
    case '/':
      return () => document.getElementById(searchFieldId)?.focus();
    default:
      return undefined;
  }
}

/** What a key does to the heading of a repository. */
function actForGroup(key: string, { id, rows, isFolded }: GroupItem): (() => void) | undefined {
  const folds = key === 'Enter' || key === (isFolded ? 'ArrowRight' : 'ArrowLeft');
  if (folds) return () => toggleFolded(id);
  return key === ' ' ? () => toggleRows(selectableIds(rows)) : undefined;
}

/** What a key does to a row; undefined for a key that does nothing here. */
function actFor(key: string, row: ImageRow, items: ListItem[]): (() => void) | undefined {
  switch (key) {
    case ' ':
      return () => row.isStep || toggleRow(row.id);
    case 'Enter':
      return () => openPage({ page: 'image', id: row.image.id, at: row.at });
    case 'Delete':
    case 'Backspace':
      return () => row.isStep || openDialog({ name: 'remove', ids: removable(row, rowsIn(items)), at: row.at });
    default:
      return undefined;
  }
}

/** The whole selection if the row is part of it, otherwise the row alone; of its own engine only. */
function removable(row: ImageRow, rows: ImageRow[]): string[] {
  const { selected } = useImageList.getState();
  if (!selected.has(row.id)) return [row.image.id];
  return rows.filter(({ id, at }) => selected.has(id) && at === row.at).map(({ image }) => image.id);
}
