import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { count } from '../../../ui/format.ts';
import { PlainText } from '../../../ui/PlainText.tsx';
import { ScrollRegion } from '../../../ui/ScrollRegion.tsx';
import { shownLine } from '../text-part.ts';
import c from './DiffView.module.css';
import type { DiffLine } from './diff-lines.ts';

const lineHeight = 18;

/** Two texts as one, with the lines of each that the other has not. */
export function DiffView({ lines }: { lines: DiffLine[] }) {
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 10,
  });
  const [added, removed] = (['added', 'removed'] as const).map((kind) => lines.filter((line) => line.kind === kind).length);
  return (
    <>
      <p className={`sm t2 num ${c.sum}`}>
        {count(added ?? 0, 'line')} added, {removed ?? 0} removed
      </p>
      <ScrollRegion ref={box} className={c.box} label="Lines that differ">
        <div className={c.space} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index];
            return (
              line && (
                <div key={key} className={c.line} data-kind={line.kind} style={{ transform: `translateY(${start}px)` }}>
                  <Line line={line} />
                </div>
              )
            );
          })}
        </div>
      </ScrollRegion>
    </>
  );
}

const signs = { same: ' ', added: '+', removed: '\u2212' };
const words = { same: '', added: 'added: ', removed: 'removed: ' };

function Line({ line }: { line: DiffLine }) {
  if (line.kind === 'gap') return <span className={c.gap}>{count(line.lines, 'line')} the same</span>;
  return (
    <>
      <span className={c.number} aria-hidden>
        {'first' in line ? line.first : ''}
      </span>
      <span className={c.number} aria-hidden>
        {'second' in line ? line.second : ''}
      </span>
      <span className={c.sign} aria-hidden>
        {signs[line.kind]}
      </span>
      <span className="hidden">{words[line.kind]}</span>
      <PlainText text={shownLine(line.text)} />
    </>
  );
}
