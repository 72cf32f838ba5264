import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type UIEvent, useEffect, useRef, useState } from 'react';
import { AnsiText } from './AnsiText.tsx';
import { CopyButton } from './CopyButton.tsx';
import { grouped, timeOfDay } from './format.ts';
import c from './LogPane.module.css';
import { LogSearch, useLogSearch } from './LogSearch.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';

/** `at`: when it was said, in milliseconds since 1970; it stands in place of the number. */
type Line = { number: number; text: string; isError?: boolean; at?: number };
type Props = {
  lines: readonly Line[];
  copy(): Promise<void>;
  empty: string;
  /** Buttons beside "Copy". */
  actions?: ReactNode;
  /** Choices beside "Follow". */
  filters?: ReactNode;
  /** Where to find the first lines, once the page no longer has them. */
  missing?: ReactNode;
};

/** A log of any length: only the visible lines are in the page, and it follows the end until one scrolls away. */
export function LogPane({ lines, copy, empty, actions, filters, missing }: Props) {
  const box = useRef<HTMLElement>(null);
  const [follow, setFollow] = useState(true);
  const search = useLogSearch(lines);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => 18, overscan: 8 });
  const { current } = search;
  useEffect(() => {
    if (follow && current === undefined && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follow, current, lines.length, virtual]);
  useEffect(() => {
    if (current !== undefined) virtual.scrollToIndex(current, { align: 'center' });
  }, [current, virtual]);
  const watch = ({ currentTarget }: UIEvent<HTMLElement>) =>
    setFollow(currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < 24);
  const gone = (lines[0]?.number ?? 1) - 1;
  return (
    <section className={c.pane} aria-label="Log">
      <div className={c.tools}>
        <LogSearch search={search} />
        {actions}
        <CopyButton look="button" label="Copy the whole log" copy={copy} />
      </div>
      <div className={c.filters}>
        <Checkbox label="Follow" checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
        {filters}
      </div>
      {gone > 0 && missing && (
        <p className={`sm t2 ${c.missing}`}>
          The first {grouped(gone)} lines are not shown. {missing}
        </p>
      )}
      <ScrollRegion ref={box} className={c.box} onScroll={watch} label="Log lines">
        {lines.length === 0 && <p className="t3">{empty}</p>}
        <div className={c.space} style={{ height: virtual.getTotalSize() }}>
          {/* by their place, not their number: when all lines are new at once, the rows are used again */}
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index];
            return line && <LogRow key={key} line={line} start={start} match={search.query} isCurrent={index === current} />;
          })}
        </div>
      </ScrollRegion>
    </section>
  );
}

type RowProps = { line: Line; start: number; match: string; isCurrent: boolean };

const LogRow = ({ line, start, match, isCurrent }: RowProps) => (
  <div
    className={c.line}
    data-error={line.isError || undefined}
    data-current={isCurrent || undefined}
    style={{ transform: `translateY(${start}px)` }}
  >
    <span className={c.number} data-timed={line.at !== undefined || undefined}>
      {line.at === undefined ? line.number : timeOfDay(line.at)}
    </span>
    <AnsiText text={line.text} match={match} />
  </div>
);
