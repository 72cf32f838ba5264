import { IconChevronRight } from '@tabler/icons-react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { copyText } from '../../desk/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { count } from '../../ui/format.ts';
import { moveByKey } from '../../ui/move-by-key.ts';
import { PlainText } from '../../ui/PlainText.tsx';
import c from './InspectTab.module.css';
import type { InspectRow } from './inspect-rows.ts';

const lineHeight = 26;
/** Letters of a value that a pointer brings up. */
const longestTitle = 500;
const indent = 18;

type Props = { rows: InspectRow[]; onToggle(row: InspectRow): void };

/** The lines of a tree; only those in sight are in the page. The tree has the focus, and says which line it is at. */
export function InspectTree({ rows, onToggle }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState<string>();
  const at = Math.max(
    0,
    rows.findIndex(({ path }) => path === active),
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => rows[index]?.path ?? index,
    estimateSize: () => lineHeight,
    overscan: 12,
    // what the tree says it is at has to be in the page, or a screen reader has nothing to read
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), at])].filter((index) => index < rows.length).sort((a, b) => a - b),
  });
  const moveTo = (index: number) => {
    setActive(rows[index]?.path);
    virtual.scrollToIndex(index);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = rows[at];
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 500) / lineHeight) - 1);
    const target = moveByKey(event.key, at, rows.length, page) ?? (row && aside(event.key, row, at, rows));
    const toggles = row?.count && (event.key === 'Enter' || event.key === (row.isOpen ? 'ArrowLeft' : 'ArrowRight'));
    if (!toggles && target === undefined) return;
    event.preventDefault();
    if (toggles) onToggle(row);
    else if (target !== undefined) moveTo(target);
  };
  return (
    <div
      ref={box}
      className={`scroll ${c.tree}`}
      role="tree"
      aria-label="What the engine says"
      aria-activedescendant={rows.length > 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="none" className={c.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <Line
                key={row.path}
                id={`${id}-${index}`}
                row={row}
                top={start}
                isActive={index === at}
                onPress={() => {
                  setActive(row.path);
                  if (row.count) onToggle(row);
                }}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** From a closed head or a value to what it is in, and from an open head to what is in it. */
function aside(key: string, row: InspectRow, at: number, rows: readonly InspectRow[]): number | undefined {
  if (key === 'ArrowRight') return row.isOpen && row.count ? at + 1 : undefined;
  if (key !== 'ArrowLeft' || row.depth === 0) return undefined;
  const above = rows.slice(0, at).findLastIndex(({ depth }) => depth < row.depth);
  return above === -1 ? undefined : above;
}

type LineProps = { id: string; row: InspectRow; top: number; isActive: boolean; onPress(): void };

const Line = ({ id, row, top, isActive, onPress }: LineProps) => (
  // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and says which line it is at
  // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys
  <div
    id={id}
    role="treeitem"
    aria-level={row.depth + 1}
    aria-expanded={row.count ? row.isOpen : undefined}
    aria-selected={isActive}
    data-match={row.isMatch || undefined}
    className={`mono ${c.line}`}
    style={{ transform: `translateY(${top}px)`, paddingLeft: 8 + row.depth * indent }}
    onClick={onPress}
  >
    <span className={c.chevron} data-open={row.isOpen || undefined}>
      {row.count ? <IconChevronRight size={13} stroke={2} aria-hidden /> : null}
    </span>
    <span className={c.key}>
      <PlainText text={row.name} />
    </span>
    <span className={`cut ${c.value}`} data-kind={row.kind} title={row.value?.slice(0, longestTitle)}>
      {row.value === undefined ? headWords(row) : <PlainText text={row.value} />}
    </span>
    {isActive && row.value !== undefined && row.value !== '' && (
      <CopyButton label={`Copy the value of ${row.name}`} copy={() => copyText(row.value ?? '')} />
    )}
  </div>
);

const headWords = ({ kind, count: number = 0 }: InspectRow): string => {
  if (number === 0) return 'empty';
  return kind === 'list' ? count(number, 'entry', 'entries') : count(number, 'name');
};
