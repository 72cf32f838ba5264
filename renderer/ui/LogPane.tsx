import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type UIEvent, useEffect, useRef, useState } from 'react';
import { CopyButton } from './CopyButton.tsx';
import c from './LogPane.module.css';
import { ScrollRegion } from './ScrollRegion.tsx';

type Line = { number: number; text: string; isError?: boolean };
type Props = { lines: readonly Line[]; copy(): Promise<void>; empty: string };

/** A log of any length: only what is seen is in the page, and the end is followed until one scrolls away from it. */
export function LogPane({ lines, copy, empty }: Props) {
  const box = useRef<HTMLElement>(null);
  const [follow, setFollow] = useState(true);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => 18, overscan: 20 });
  useEffect(() => {
    if (follow && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follow, lines.length, virtual]);
  const watch = ({ currentTarget }: UIEvent<HTMLElement>) =>
    setFollow(currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight < 24);
  return (
    <section className={c.pane} aria-label="Log">
      <div className={c.tools}>
        <Checkbox label="Follow" checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
        <span className="grow" />
        <CopyButton look="button" label="Copy the whole log" copy={copy} />
      </div>
      <ScrollRegion ref={box} className={c.box} onScroll={watch} label="Log lines">
        {lines.length === 0 && <p className="t3">{empty}</p>}
        <div className={c.space} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            return (
              line && (
                <div
                  key={line.number}
                  className={c.line}
                  data-error={line.isError || undefined}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <span className={c.number}>{line.number}</span>
                  {line.text}
                </div>
              )
            );
          })}
        </div>
      </ScrollRegion>
    </section>
  );
}
