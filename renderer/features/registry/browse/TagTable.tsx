import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type DragEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { dragTags } from '../../../desk/dragged-tags.ts';
import { moveByKey } from '../../../ui/move-by-key.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useStable } from '../../../ui/use-stable.ts';
import { type HereIndex, hereOf } from './here.ts';
import { type JoinedTags, tagsOf } from './join-tags.ts';
import { SortHead } from './SortHead.tsx';
import type { SortedBy, TagSort } from './sort-tags.ts';
import { TagRow } from './TagRow.tsx';
import c from './TagTable.module.css';
import type { TagReader } from './tag-reader.ts';
import { siblingWords } from './tag-words.ts';
import { useKnownTags } from './use-browse.ts';

type Props = {
  /** The tags that begin a row. */
  tags: string[];
  /** Others of the same image that stand in the row. */
  joined: JoinedTags;
  reader: TagReader;
  here: HereIndex;
  /** The repository with its registry, as names of images begin. */
  name: string;
  /** Digests of which there is a signature beside them in the repository. */
  signed: ReadonlySet<string>;
  chosen: string | undefined;
  onChoose(tag: string): void;
  selected: ReadonlySet<string>;
  onSelect(tags: ReadonlySet<string>): void;
  onRemove(tags: string[]): void;
  sort: TagSort;
  /** Why it can’t be sorted by what is under the tags. */
  unsortable: string | undefined;
  onSort(by: SortedBy): void;
};

const rowHeight = 48;
const headHeight = 33;

/** Only the visible rows are in the page, and only they are asked about. */
export function TagTable({ tags, joined, reader, here, name, signed, chosen, onChoose, selected, onSelect, onRemove, ...sorting }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useKnownTags(reader);
  const [active, setActive] = useState<string>();
  const activeIndex = Math.max(0, active === undefined ? 0 : tags.indexOf(active));
  const now = useNow(60_000);
  const virtual = useVirtualizer({
    count: tags.length,
    getScrollElement: () => box.current,
    // a new function would have the places of all rows reckoned anew
    getItemKey: useCallback((index: number) => tags[index] ?? index, [tags]),
    estimateSize: () => rowHeight,
    scrollPaddingStart: headHeight + 4,
    scrollPaddingEnd: selected.size > 0 ? 72 : 4,
    overscan: 3,
    // a scroll goes on before the new rows are drawn: with a screen full of them at each turn of the wheel it would stumble
    useFlushSync: false,
    // the active row stays in the page when it scrolls away, or the keyboard would lose its place
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), activeIndex), [activeIndex]),
  });
  const items = virtual.getVirtualItems();
  const sight = items.map(({ index }) => tags[index]).join('\n');
  useEffect(() => reader.want(sight.split('\n').filter(Boolean)), [reader, sight]);
  const last = useRef<string>(undefined);
  const toggle = useStable((tag: string, isRange: boolean) => {
    const next = new Set(selected);
    const [from, to] = [last.current === undefined ? -1 : tags.indexOf(last.current), tags.indexOf(tag)].toSorted((a, b) => a - b) as [
      number,
      number,
    ];
    const isOff = !isRange && next.has(tag);
    for (const one of tagsOf(isRange && from >= 0 ? tags.slice(from, to + 1) : [tag], joined)) isOff ? next.delete(one) : next.add(one);
    last.current = tag;
    onSelect(next);
  });
  const concerned = (tag: string): string[] =>
    selected.has(tag) ? tagsOf(tags, joined).filter((one) => selected.has(one)) : tagsOf([tag], joined);
  const remove = useStable((tag: string) => onRemove(concerned(tag)));
  const actFor = (key: string, tag: string): (() => void) | undefined => {
    switch (key) {
      case 'Enter':
        return () => onChoose(tag);
      case ' ':
        return () => toggle(tag, false);
      case 'Mod+a':
        return () => onSelect(new Set(tagsOf(tags, joined)));
      case 'Escape':
        return selected.size > 0 ? () => onSelect(new Set()) : undefined;
      case 'Delete':
      case 'Backspace':
        return () => remove(tag);
      default:
        return undefined;
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const body = event.currentTarget;
    const tag = tags[activeIndex];
    if (!(event.target instanceof HTMLElement) || event.target.dataset.tag === undefined || tag === undefined) return;
    const act = actFor(event.ctrlKey || event.metaKey ? `Mod+${event.key}` : event.key, tag);
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
      return;
    }
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 480) / rowHeight) - 2);
    const target = moveByKey(event.key, activeIndex, tags.length, page);
    const next = target === undefined ? undefined : tags[target];
    if (target === undefined || next === undefined) return;
    event.preventDefault();
    setActive(next);
    virtual.scrollToIndex(target);
    // the row is in the page only once the list has been drawn again
    requestAnimationFrame(() => body.querySelector<HTMLElement>(`[data-tag="${CSS.escape(next)}"]`)?.focus({ preventScroll: true }));
  };
  const onDragStart = (event: DragEvent<HTMLElement>) => {
    const tag = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tag]')?.dataset.tag : undefined;
    if (tag === undefined) return;
    dragTags(
      event,
      concerned(tag).map((one) => `${name}:${one}`),
    );
  };
  return (
    <div ref={box} className={`scroll ${c.box}`} data-bulk={selected.size > 0 || undefined} data-beside={chosen !== undefined || undefined}>
      <table className={c.table} aria-label="Tags" aria-rowcount={tags.length + 1}>
        <thead className={c.head}>
          <tr className={c.columns} aria-rowindex={1}>
            <th scope="col" className={c.check}>
              <span className="hidden">Selected</span>
            </th>
            <SortHead label="Tag" by="tag" className={c.name} sort={sorting.sort} onSort={sorting.onSort} />
            <th scope="col" className={c.here}>
              On your engine
            </th>
            <SortHead label="Built" by="built" className={c.created} why={sorting.unsortable} sort={sorting.sort} onSort={sorting.onSort} />
            <th scope="col" className={c.platforms}>
              Runs on
            </th>
            <SortHead label="Size" by="size" className={c.size} why={sorting.unsortable} sort={sorting.sort} onSort={sorting.onSort} />
            <th scope="col" className={c.actions}>
              <span className="hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody className={c.body} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown} onDragStart={onDragStart}>
          {items.map(({ index, start, key }) => {
            const tag = tags[index] as string;
            const known = reader.get(tag);
            const details = known && 'details' in known ? known.details : undefined;
            return (
              <TagRow
                key={key}
                tag={tag}
                name={name}
                known={known}
                others={joined.get(tag) ?? none}
                siblings={details ? siblingWords(reader.siblings([tag, ...(joined.get(tag) ?? [])], details.digest)) : ''}
                here={details ? hereOf(here, `${name}:${tag}`, details).how : undefined}
                isSigned={details !== undefined && signed.has(details.digest)}
                index={index}
                top={start}
                now={now}
                isActive={index === activeIndex}
                isChosen={tag === chosen}
                isSelected={selected.has(tag)}
                onToggle={toggle}
                onRemove={remove}
                onActive={setActive}
                onChoose={onChoose}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const none: readonly string[] = [];

const withIndex = (indexes: number[], index: number): number[] =>
  indexes.includes(index) ? indexes : [...indexes, index].toSorted((a, b) => a - b);
