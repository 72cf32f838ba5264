import { create } from 'zustand';
import type { ImageFilter } from './filter-rows.ts';
import { type Narrowing, noNarrowing } from './narrow-rows.ts';
import { idsBetween, toggled } from './selection.ts';
import { firstDirection, type Sort, type SortColumn } from './sort-rows.ts';

type ListState = {
  filter: ImageFilter;
  text: string;
  /** Places of engines that are not listed; empty for the one in use. */
  hiddenEngines: ReadonlySet<string>;
  narrowing: Narrowing;
  /** Whether the images of single steps are listed as well. */
  showsSteps: boolean;
  /** Groups that show only their heading. */
  folded: ReadonlySet<string>;
  sort: Sort;
  selected: ReadonlySet<string>;
  /** Where a selection with Shift begins. */
  anchor: string | undefined;
  /** The row that has the focus, or had it last. */
  active: string | undefined;
};

export const useImageList = create<ListState>(() => ({
  filter: 'all',
  text: '',
  hiddenEngines: new Set(),
  narrowing: noNarrowing,
  showsSteps: false,
  folded: new Set(),
  sort: { column: 'created', direction: 'descending' },
  selected: new Set(),
  anchor: undefined,
  active: undefined,
}));

const set = useImageList.setState;

export const showFilter = (filter: ImageFilter): void => set({ filter });
export const searchFor = (text: string): void => set({ text });
export const showAll = (): void => set({ filter: 'all', text: '', hiddenEngines: new Set(), narrowing: noNarrowing });
export const toggleEngine = (place: string): void => set(({ hiddenEngines }) => ({ hiddenEngines: toggled(hiddenEngines, place) }));
export const narrow = (change: { [Key in keyof Narrowing]: Narrowing[Key] | undefined }): void =>
  set(({ narrowing }) => ({ narrowing: { ...narrowing, ...change } as Narrowing }));
export const toggleSteps = (): void => set(({ showsSteps }) => ({ showsSteps: !showsSteps }));
export const toggleFolded = (group: string): void => set(({ folded }) => ({ folded: toggled(folded, group) }));
export const activate = (active: string): void => set({ active });
export const clearSelection = (): void => set({ selected: new Set(), anchor: undefined });
export const selectAll = (ids: string[]): void => set({ selected: new Set(ids) });

/** Keeps only these selected. */
export const keepSelected = (ids: ReadonlySet<string>): void => set(({ selected }) => ({ selected: selected.intersection(ids) }));

export const sortBy = (column: SortColumn): void =>
  set(({ sort }) => {
    if (sort.column !== column) return { sort: { column, direction: firstDirection(column) } };
    return { sort: { column, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' } };
  });

export const toggleRow = (id: string): void => set(({ selected }) => ({ selected: toggled(selected, id), anchor: id, active: id }));

/** Selects all of them, or none if all are. */
export const toggleRows = (ids: readonly string[]): void =>
  set(({ selected }) => {
    const all = new Set(ids);
    return { selected: all.isSubsetOf(selected) ? selected.difference(all) : selected.union(all) };
  });

/** Adds everything that can be selected from where the selection began up to this row: headings and single steps can't. */
export const extendTo = (id: string, shown: readonly string[], selectable: ReadonlySet<string>): void =>
  set(({ selected, anchor, active }) => ({
    selected: selected.union(selectable.intersection(new Set(idsBetween(shown, anchor ?? active, id)))),
    active: id,
  }));
