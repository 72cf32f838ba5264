import { Button } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef, useState } from 'react';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { bytes } from '../../ui/format.ts';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';
import c from './FileContent.module.css';
import type { FileVersion } from './FileContent.tsx';
import { fromBase64 } from './from-base64.ts';
import { bytesInLine, hexLine } from './hex-lines.ts';

/** Bytes of a part: 4096 lines. */
const partLength = 64 * 1024;
const lineHeight = 18;

/** The bytes of a file, by parts. */
export function HexView({ version, tools }: { version: FileVersion; tools: ReactNode }) {
  const { files, place, layer, size } = version;
  const [offset, setOffset] = useState(0);
  const asked = useAsked(JSON.stringify([version, offset]), async (signal) => {
    const { bytes: text } = await client.layerFiles.bytes({ files, place, layer, slice: { offset, length: partLength } }, { signal });
    return fromBase64(text);
  });
  const box = useRef<HTMLElement>(null);
  const part = asked.answer;
  const virtual = useVirtualizer({
    count: Math.ceil((part?.length ?? 0) / bytesInLine),
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 10,
  });
  if (asked.failure) return <FailureNote failure={asked.failure} />;
  const last = Math.floor(Math.max(0, size - 1) / partLength) * partLength;
  return (
    <>
      <div className={c.tools}>
        <span className="sm t2 grow">Bytes, in hexadecimal digits</span>
        {tools}
      </div>
      <ScrollRegion ref={box} className={c.box} label="What is in the file">
        <div className={c.space} style={{ height: virtual.getTotalSize() }}>
          {part &&
            virtual.getVirtualItems().map(({ index, start, key }) => {
              const { at, hex, letters } = hexLine(part, index, offset);
              return (
                <div key={key} className={`${c.line} ${c.hex}`} style={{ transform: `translateY(${start}px)` }}>
                  <span className="t3">{at}</span> {hex} <span className="t3">{letters}</span>
                </div>
              );
            })}
        </div>
      </ScrollRegion>
      {last > 0 && (
        <div className={`sm num ${c.foot}`}>
          <span className="t2 grow">
            {bytes(offset)} to {bytes(Math.min(size, offset + partLength))} of {bytes(size)}
          </span>
          <Button size="xs" disabled={offset === 0} onClick={() => setOffset(offset - partLength)}>
            Part before
          </Button>
          <Button size="xs" disabled={offset >= last} onClick={() => setOffset(offset + partLength)}>
            Next part
          </Button>
          <Button size="xs" disabled={offset >= last} onClick={() => setOffset(last)}>
            Last part
          </Button>
        </div>
      )}
    </>
  );
}
