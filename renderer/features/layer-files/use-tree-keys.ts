import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { moveByKey } from '../../ui/move-by-key.ts';
import { type AnyRow, heightOf, lineAt } from './tree-layout.ts';
import type { SeenTree } from './tree-reader.ts';

/** Milliseconds in which letters belong to one word. */
const wordTime = 700;

type Keys<Row extends AnyRow> = {
  tree: SeenTree<Row>;
  height: number;
  /** Lines in sight. */
  page: number;
  moveTo(height: number): void;
  onOpen(): void;
};

/** The keys of a tree: arrows move, open and close; Home, End and the Page keys; letters go to the next name that begins with them. */
export function useTreeKeys<Row extends AnyRow>({
  tree,
  height,
  page,
  moveTo,
  onOpen,
}: Keys<Row>): (event: KeyboardEvent<HTMLElement>) => void {
  const typed = useRef({ word: '', since: 0 });
  const { reader, seen } = tree;
  const { layout, folders, open } = seen;
  const line = lineAt(layout, folders, height);
  const row = line?.row;
  // a folder that was opened a moment ago, and into which a key goes once it is read: until then, the line below is another folder's
  const [entering, setEntering] = useState<number>();
  const isRead = entering !== undefined && row?.place === entering && folders.has(entering);
  const enter = useEffectEvent(() => {
    setEntering(undefined);
    moveTo(height + 1);
  });
  useEffect(() => {
    if (isRead) enter();
  }, [isRead]);

  const openOrEnter = () => {
    if (!row?.hasMore) return;
    if (!open.has(row.place)) reader.toggle(row.place, true);
    else if (folders.has(row.place)) moveTo(height + 1);
    else setEntering(row.place);
  };
  const closeOrLeave = () => {
    if (row?.hasMore && open.has(row.place)) return reader.toggle(row.place, false);
    const parent = line && reader.whereIs(line.folder);
    const above = parent && heightOf(layout, parent.folder, parent.at);
    if (above !== undefined) moveTo(above);
  };
  const goTo = (word: string) => {
    // a word that grows may stay where it is, a new one goes on
    const from = word.length > 1 ? height : height + 1;
    for (let step = 0; step < layout.total; step++) {
      const at = (from + step) % layout.total;
      const name = lineAt(layout, folders, at)?.row?.name;
      if (name?.toLowerCase().startsWith(word)) return moveTo(at);
    }
  };
  const act = (event: KeyboardEvent<HTMLElement>): boolean => {
    const { key } = event;
    setEntering(undefined);
    const target = moveByKey(key, height, layout.total, page);
    if (target !== undefined) moveTo(target);
    else if (key === 'ArrowRight') openOrEnter();
    else if (key === 'ArrowLeft') closeOrLeave();
    else if (key === 'Enter') row?.hasMore ? reader.toggle(row.place) : onOpen();
    else if (key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const { word, since } = typed.current;
      const next = (event.timeStamp - since < wordTime ? word : '') + key.toLowerCase();
      typed.current = { word: next, since: event.timeStamp };
      goTo(next);
    } else return false;
    return true;
  };
  return (event) => {
    if (event.target !== event.currentTarget || !act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
