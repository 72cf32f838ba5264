import { useDeferredValue, useMemo } from 'react';
import type { ImageSummary } from '../../../contract/image.ts';
import type { NewerAnswer } from '../../../contract/origin.ts';
import { useMirror } from '../../connection/mirror.ts';
import { newerOf } from '../../desk/newer-answers.ts';
import type { ShownEngine } from '../../desk/shown-engines.ts';
import { useNow } from '../../ui/use-now.ts';
import { useColumns } from './columns.ts';
import { countByFilter, filterRows, type ImageFilter } from './filter-rows.ts';
import { groupRows, type ListItem, withoutGroups } from './group-rows.ts';
import { deriveRows, deriveStepRows, type ImageRow } from './image-row.ts';
import { useImageList } from './list-store.ts';
import { countWithoutUse, narrowRows } from './narrow-rows.ts';
import { sortRows } from './sort-rows.ts';
import { useLastUses } from './use-last-uses.ts';
import { useSteps } from './use-steps.ts';

export type ImageRows = {
  all: ImageRow[];
  shown: ImageRow[];
  /** The same with the headings of repositories, if the list has any. */
  items: ListItem[];
  counts: Record<ImageFilter, number>;
  biggest: number;
  /** How many rows are of images of which it isn’t known when they were used; undefined while that is asked. */
  withoutUse: number | undefined;
};

/** How often the list looks at the clock. */
const minute = 60_000;

/** The list of all engines as filtered and sorted; each step is done again only when its own input changed. */
export function useImageRows(engines: ShownEngine[]): ImageRows {
  const hiddenEngines = useImageList((list) => list.hiddenEngines);
  const filter = useImageList((list) => list.filter);
  const narrowing = useImageList((list) => list.narrowing);
  const showsSteps = useImageList((list) => list.showsSteps);
  const folded = useImageList((list) => list.folded);
  const sort = useImageList((list) => list.sort);
  const text = useDeferredValue(useImageList((list) => list.text));
  const isGrouped = useMirror(({ settings }) => settings.groupsImages);
  const asksForUse = useColumns().includes('used') || narrowing.unusedFor !== undefined;
  const { answer: uses } = useLastUses(engines, asksForUse);
  const { answer: steps } = useSteps(engines, showsSteps);
  const now = useNow(minute);
  const listed = useMemo(() => rowsOf(engines, hiddenEngines), [engines, hiddenEngines]);
  const newer = useMirror((mirror) => mirror.newer);
  const all = useMemo(() => withNewer(withUses(withSteps(listed, steps), uses), newer), [listed, steps, uses, newer]);
  const sorted = useMemo(() => sortRows(all, sort), [all, sort]);
  const narrowed = useMemo(() => narrowRows(sorted, narrowing, now), [sorted, narrowing, now]);
  const shown = useMemo(() => filterRows(narrowed, filter, text), [narrowed, filter, text]);
  const { repository } = narrowing;
  const items = useMemo(
    () => (isGrouped ? groupRows(shown, folded, repository) : withoutGroups(shown)),
    [isGrouped, shown, folded, repository],
  );
  const counts = useMemo(() => countByFilter(narrowed), [narrowed]);
  const biggest = useMemo(() => all.reduce((most, { image }) => Math.max(most, image.size), 1), [all]);
  const withoutUse = useMemo(() => uses && countWithoutUse(sorted, narrowing, now), [uses, sorted, narrowing, now]);
  return { all, shown, items, counts, biggest, withoutUse };
}

/** What was derived of each list; a list changes only as a whole. */
const derived = new WeakMap<object, ImageRow[]>();

function rowsOf(engines: ShownEngine[], hidden: ReadonlySet<string>): ImageRow[] {
  return engines
    .filter(({ at = '' }) => !hidden.has(at) || engines.length === 1)
    .flatMap(({ at, images }) => {
      if (!images) return [];
      const rows = derived.get(images) ?? deriveRows(images.images, at);
      derived.set(images, rows);
      return rows;
    });
}

/** A step that has got a name meanwhile is an image like others. */
function withSteps(rows: ImageRow[], steps: readonly ImageSummary[] | undefined): ImageRow[] {
  if (!steps) return rows;
  const listed = new Set(rows.map(({ image }) => image.id));
  return [...rows, ...deriveStepRows(steps.filter(({ id }) => !listed.has(id)))];
}

const withNewer = (rows: ImageRow[], answers: readonly NewerAnswer[]): ImageRow[] =>
  answers.some(({ relation }) => relation === 'newer')
    ? rows.map((row) => {
        const newer = newerOf(row.image, answers);
        return newer ? { ...row, newer } : row;
      })
    : rows;

const withUses = (rows: ImageRow[], uses: ReadonlyMap<string, number> | undefined): ImageRow[] =>
  uses
    ? rows.map((row) => {
        const lastUsedAt = uses.get(row.id);
        return lastUsedAt === undefined ? row : { ...row, lastUsedAt };
      })
    : rows;
