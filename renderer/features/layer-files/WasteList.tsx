import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconHammer, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { OpenedFiles, RemovedInStep, Waste, WasteItem } from '../../../contract/layer-files.ts';
import { openPage } from '../../desk/navigation.ts';
import { Bar } from '../../ui/Bar.tsx';
import { bytes, grouped } from '../../ui/format.ts';
import { LongList } from '../../ui/LongList.tsx';
import { PlainText } from '../../ui/PlainText.tsx';
import { wasteWords } from './file-words.ts';
import c from './WasteBar.module.css';
import { WhatIfFoot } from './WhatIfFoot.tsx';

type Props = {
  opened: OpenedFiles;
  waste: Waste;
  /** The build that made the image, if it is known. */
  build: string | undefined;
  onClose(): void;
  onGoTo(item: WasteItem): void;
  onLayer(layer: number): void;
};

/** As many as main counts at once. */
const mostTicked = 1000;

const keyOf = ({ kind, layer, place, by }: WasteItem): string => `${kind} ${layer} ${place} ${by ?? ''}`;

/** Bytes that nobody can use, each with the step to blame; what is ticked is left out of the layers as a try. */
export function WasteList({ opened, waste, build, onClose, onGoTo, onLayer }: Props) {
  const { total, items, count: all } = waste;
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string) =>
    setTicked((before) => {
      const after = new Set(before);
      if (!after.delete(key) && after.size < mostTicked) after.add(key);
      return after;
    });
  const removed: RemovedInStep[] = items.filter((item) => ticked.has(keyOf(item))).map(({ layer, place }) => ({ layer, place }));
  const most = Math.max(1, ...items.map((item) => item.bytes));
  return (
    <section className={c.panel} aria-labelledby="waste-title" onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <div className={c.top}>
        <div className="grow">
          <h2 id="waste-title" className="h2 num">
            {bytes(total)} of this image do nothing
          </h2>
          <p className="sm t2">
            A container can’t use these bytes, or needs them only once, yet everyone who gets the image downloads them. Tick lines to see
            what the layers would be without them.
          </p>
        </div>
        {build !== undefined && (
          <Button size="xs" leftSection={<IconHammer size={14} stroke={1.6} />} onClick={() => openPage({ page: 'build', id: build })}>
            See its build
          </Button>
        )}
        <ActionIcon aria-label="Close the list" onClick={onClose} data-autofocus>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div className={`sm t3 ${c.row} ${c.head}`} aria-hidden>
        <span />
        <span>File or folder</span>
        <span>Step to blame</span>
        <span className={c.right}>Wasted</span>
      </div>
      <div className={`scroll ${c.items}`}>
        <LongList items={items} keyOf={keyOf} rowHeight={52} label="What is wasted">
          {(item) => (
            <WasteRow
              item={item}
              instruction={opened.layers[item.layer]?.instruction}
              most={most}
              isTicked={ticked.has(keyOf(item))}
              onToggle={() => toggle(keyOf(item))}
              onGoTo={() => onGoTo(item)}
              onLayer={() => onLayer(item.layer)}
            />
          )}
        </LongList>
        {all > items.length && (
          <p className={`sm t3 ${c.more}`}>These are the largest. {grouped(all - items.length)} smaller ones are only in the sum.</p>
        )}
      </div>
      <WhatIfFoot opened={opened} removed={removed} />
    </section>
  );
}

type RowProps = {
  item: WasteItem;
  instruction: string | undefined;
  most: number;
  isTicked: boolean;
  onToggle(): void;
  onGoTo(): void;
  onLayer(): void;
};

const WasteRow = ({ item, instruction, most, isTicked, onToggle, onGoTo, onLayer }: RowProps) => (
  <div className={c.row}>
    <Checkbox size="xs" checked={isTicked} onChange={onToggle} aria-label={`Leave out ${item.path}`} />
    <div className="grow">
      <button type="button" className={`mono cut ${c.path}`} title={item.path} onClick={onGoTo}>
        <PlainText text={item.path} />
      </button>
      <p className="sm t2 cut" title={wasteWords(item)}>
        <PlainText text={wasteWords(item)} />
      </p>
    </div>
    <button type="button" className={c.blamed} onClick={onLayer} title={instruction}>
      <span>Layer {item.layer + 1}</span>
      {instruction !== undefined && (
        <span className={`mono sm t2 cut ${c.instruction}`}>
          <PlainText text={instruction} />
        </span>
      )}
    </button>
    <span className={`num ${c.right}`}>
      <span className="strong">{bytes(item.bytes)}</span>
      <Bar className={c.share} parts={[{ key: 'bytes', fraction: item.bytes / most, kind: isTicked ? 'soft' : 'neutral' }]} />
    </span>
  </div>
);
