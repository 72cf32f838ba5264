import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes, grouped } from '../../ui/format.ts';
import { LogSearch, useLogSearch } from '../../ui/LogSearch.tsx';
import { PlainText } from '../../ui/PlainText.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import c from './FileContent.module.css';
import type { FileVersion } from './FileContent.tsx';
import { fromBase64 } from './from-base64.ts';
import { lineParts } from './highlight/line-parts.ts';
import type { Marks } from './highlight/mark-text.ts';
import { useMarks } from './highlight/use-marks.ts';
import { type TextLine, textPart } from './text-part.ts';

/** Bytes of a part of a long text. */
const partLength = 1024 ** 2;
const lineHeight = 18;

type Start = { offset: number; line: number };

/** A text with the numbers of its lines; a long one by parts, each of whole lines. */
export function TextView({ version, tools }: { version: FileVersion; tools: ReactNode }) {
  // where each part began that was seen: lines can only be counted from the beginning
  const [starts, setStarts] = useState<Start[]>([{ offset: 0, line: 1 }]);
  const start = starts.at(-1) ?? { offset: 0, line: 1 };
  const asked = useAsked(JSON.stringify([version, start]), (signal) => readPart(version, start, signal));
  const { answer: part, failure } = asked;
  if (failure) return <FailureNote failure={failure} />;
  if (!part) return <div className={c.wait} aria-busy />;
  const end = start.offset + part.used;
  const isWhole = start.offset === 0 && end >= part.size;
  return (
    <>
      <Lines key={start.offset} path={version.path} lines={part.lines} tools={tools} />
      {!isWhole && (
        <div className={`sm num ${c.foot}`}>
          <span className="t2 grow">
            {bytes(start.offset)} to {bytes(end)} of {bytes(part.size)}
          </span>
          <Button size="xs" disabled={starts.length === 1} onClick={() => setStarts(starts.slice(0, -1))}>
            Part before
          </Button>
          <Button size="xs" disabled={end >= part.size} onClick={() => setStarts([...starts, { offset: end, line: part.nextLine }])}>
            Next part
          </Button>
        </div>
      )}
    </>
  );
}

async function readPart({ files, place, layer }: FileVersion, { offset, line }: Start, signal: AbortSignal) {
  const answer = await client.layerFiles.bytes({ files, place, layer, slice: { offset, length: partLength } }, { signal });
  const piece = fromBase64(answer.bytes);
  return { ...textPart(piece, line, offset + piece.length >= answer.size), size: answer.size };
}

function Lines({ path, lines, tools }: { path: string; lines: TextLine[]; tools: ReactNode }) {
  const box = useRef<HTMLElement>(null);
  const search = useLogSearch(lines);
  const { current, query } = search;
  const marks = useMarks(path, lines);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 10,
  });
  useEffect(() => {
    if (current !== undefined) virtual.scrollToIndex(current, { align: 'center' });
  }, [current, virtual]);
  const last = lines.findLast(({ number }) => number !== undefined)?.number ?? 1;
  return (
    <>
      <div className={c.tools}>
        <LogSearch search={search} label="Search the file" />
        {tools}
      </div>
      <ScrollRegion ref={box} className={c.box} label="What is in the file">
        <div className={c.space} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index];
            return (
              line && (
                <div
                  key={key}
                  className={c.line}
                  data-current={index === current || undefined}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <span className={c.number} style={{ width: `${Math.max(3, grouped(last).length) + 2}ch` }} aria-hidden>
                    {line.number}
                  </span>
                  <LineText text={line.text} line={index} query={query} marks={marks} />
                </div>
              )
            );
          })}
        </div>
      </ScrollRegion>
    </>
  );
}

type LineTextProps = { text: string; line: number; query: string; marks: Marks | undefined };

/** A line with its parts in their colours, and what was searched for marked in it. */
const LineText = ({ text, line, query, marks }: LineTextProps) =>
  lineParts(text, query, marks, line).map(({ from, to, kind, isMatch }) => {
    const part = <PlainText text={text.slice(from, to)} />;
    return (
      <span key={from} data-kind={kind}>
        {isMatch ? <mark className={c.match}>{part}</mark> : part}
      </span>
    );
  });
