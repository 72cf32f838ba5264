import { type RefObject, useEffect, useEffectEvent, useState } from 'react';
import { type AnyRow, heightOf, lineAt, pageSize } from './tree-layout.ts';
import type { SeenTree } from './tree-reader.ts';
import { useLinesInSight } from './use-lines-in-sight.ts';

/** Pixels of a line, and of the head above the lines. */
export const rowHeight = 26;
const headHeight = 30;

type Tree<Row extends AnyRow> = {
  tree: SeenTree<Row>;
  box: RefObject<HTMLElement | null>;
  /** The place that is chosen, by its number. */
  chosen: number | undefined;
  onChoose(row: Row): void;
};

/** Which lines of a tree are in the page, at which of them it is, and how another one is come to; lines that are missing are read. */
export function useTreeLines<Row extends AnyRow>({ tree: { reader, seen }, box, chosen, onChoose }: Tree<Row>) {
  const { layout, folders } = seen;
  // where a key led to, until that line has come
  const [passing, setPassing] = useState<number>();
  const place = chosen === undefined ? undefined : reader.whereIs(chosen);
  const chosenHeight = place && heightOf(layout, place.folder, place.at);
  const height = Math.min(passing ?? chosenHeight ?? 0, Math.max(0, layout.total - 1));
  const { first, last, inSight, show } = useLinesInSight(layout.total, { box, lineHeight: rowHeight, headHeight });
  const heights = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  // the line with the focus stays in the page, wherever one scrolls
  if (layout.total > 0 && (height < first || height > last)) heights.push(height);
  const lines = heights.map((at) => ({ height: at, line: lineAt(layout, folders, at) }));
  useEffect(() => {
    for (const { line } of lines) if (line && !line.row) void reader.want(line.folder, Math.floor(line.at / pageSize));
  });
  const choose = (at: number) => {
    const row = lineAt(layout, folders, at)?.row;
    setPassing(row ? undefined : at);
    if (row) onChoose(row);
  };
  const hasArrived = passing !== undefined && lineAt(layout, folders, passing)?.row !== undefined;
  const chooseArrived = useEffectEvent(() => choose(passing ?? 0));
  useEffect(() => {
    if (hasArrived) chooseArrived();
  }, [hasArrived]);
  const showChosen = useEffectEvent(() => show(height));
  const isPlaced = chosenHeight !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen comes into sight, wherever it was chosen
  useEffect(() => {
    if (isPlaced) showChosen();
  }, [chosen, isPlaced]);
  const moveTo = (at: number) => {
    choose(at);
    show(at);
  };
  return { height, lines, inSight, choose, moveTo };
}
