import type { KeyboardEvent } from 'react';
import { openDialog } from '../../desk/dialogs.ts';
import { openPage } from '../../desk/navigation.ts';
import { moveByKey } from '../../ui/move-by-key.ts';
import { searchFieldId } from './FilterBar.tsx';
import type { ImageRow } from './image-row.ts';
import { activate, clearSelection, extendTo, selectAll, toggleRow, useImageList } from './list-store.ts';

/** Arrows move, Space selects, Enter opens, Delete removes; only while a row itself has the focus. */
export function useTableKeys(rows: ImageRow[], ids: string[], activeIndex: number, show: (index: number) => void) {
  const moveTo = (index: number, body: HTMLElement, extend: boolean) => {
    const id = ids[index];
    if (id === undefined) return;
    if (extend) extendTo(id, ids);
    else activate(id);
    show(index);
    // the row is in the page only once the list has been drawn again
    requestAnimationFrame(() => body.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }));
  };
  return (event: KeyboardEvent<HTMLElement>) => {
    const row = rows[activeIndex];
    if (!row || !(event.target instanceof HTMLElement) || event.target.dataset.id === undefined) return;
    const page = Math.max(1, Math.floor((event.currentTarget.parentElement?.parentElement?.clientHeight ?? 520) / 52) - 2);
    const target = moveByKey(event.key, activeIndex, ids.length, page);
    const act = actFor(event.ctrlKey || event.metaKey ? `Mod+${event.key}` : event.key, row, rows, ids);
    if (target === undefined && !act) return;
    event.preventDefault();
    event.stopPropagation();
    if (target !== undefined) moveTo(target, event.currentTarget, event.shiftKey);
    else act?.();
  };
}

/** What a key does to a row; undefined for a key that does nothing here. */
function actFor(key: string, row: ImageRow, rows: ImageRow[], ids: string[]): (() => void) | undefined {
  switch (key) {
    case ' ':
      return () => toggleRow(row.id);
    case 'Enter':
      return () => openPage({ page: 'image', id: row.image.id, at: row.at });
    case 'Delete':
    case 'Backspace':
      return () => openDialog({ name: 'remove', ids: removable(row, rows), at: row.at });
    case 'Mod+a':
      return () => selectAll(ids);
    case 'Escape':
      return clearSelection;
    case '/':
      return () => document.getElementById(searchFieldId)?.focus();
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
