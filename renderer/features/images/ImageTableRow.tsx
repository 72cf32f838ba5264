import { type MouseEvent, memo } from 'react';
import { EngineBadge } from '../../desk/EngineBadge.tsx';
import { EngineScope } from '../../desk/engine-scope.ts';
import { splitDigest } from '../../desk/image-name.ts';
import { formatRoute } from '../../desk/navigation.ts';
import type { ShownEngine } from '../../desk/shown-engines.ts';
import { Bar, type BarPart } from '../../ui/Bar.tsx';
import { ChipGroup } from '../../ui/ChipGroup.tsx';
import { ago, bytes, dateAndTime, shortId } from '../../ui/format.ts';
import { RowCheckbox } from '../../ui/RowCheckbox.tsx';
import type { ImageColumn } from './columns.ts';
import { dragRow, endDrag } from './dragged-images.ts';
import { ImageNotes } from './ImageNotes.tsx';
import c from './ImageTable.module.css';
import type { ImageRow } from './image-row.ts';
import { activate, extendTo, toggleRow, useImageList } from './list-store.ts';
import { PlatformsHere } from './PlatformChips.tsx';
import { RowMenu } from './RowMenu.tsx';
import { sizeWords } from './size-words.ts';

type Props = {
  row: ImageRow;
  /** Where the list is of several engines: the one that has it. */
  engine: ShownEngine | undefined;
  index: number;
  top: number;
  biggest: number;
  isActive: boolean;
  columns: readonly ImageColumn[];
  now: number;
  ids: string[];
  /** Those of them that can be selected. */
  selectable: ReadonlySet<string>;
};

export const ImageTableRow = memo(function ImageTableRow({
  row,
  engine,
  index,
  top,
  biggest,
  columns,
  isActive,
  now,
  ids,
  selectable,
}: Props) {
  const { id, image, name } = row;
  const isSelected = useImageList((list) => list.selected.has(id));
  const select = (event: MouseEvent) => {
    if (row.isStep) return;
    if (event.shiftKey) extendTo(id, ids, selectable);
    else toggleRow(id);
  };
  return (
    <tr
      className={c.row}
      style={{ transform: `translateY(${top}px)` }}
      data-id={id}
      data-selected={isSelected || undefined}
      aria-label={engine ? `${name}, on ${engine.name}` : name}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      // the text of a row can be selected; its name can be dragged, and so can the whole row once it is selected
      draggable={isSelected}
      onDragStart={(event) => dragRow(event, id)}
      onDragEnd={endDrag}
      onFocus={() => activate(id)}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => event.shiftKey && !(event.target instanceof HTMLInputElement) && select(event)}
    >
      <td className={c.check}>
        {!row.isStep && <RowCheckbox label={`Select ${name}`} checked={isSelected} onToggle={select} tabIndex={isActive ? 0 : -1} />}
      </td>
      <NameCell row={row} engine={engine} isActive={isActive} />
      {columns.includes('notes') && (
        <td className={c.notes}>
          <ImageNotes row={row} />
        </td>
      )}
      {columns.includes('size') && (
        <td className={`${c.size} num`}>
          <span title={image.packed === undefined ? undefined : sizeWords(image.size, image.packed)}>{bytes(image.size)}</span>
          <Bar className={c.bar} parts={sizeParts(row, biggest)} />
        </td>
      )}
      {columns.includes('own') && (
        <td className={`t2 num cut ${c.own}`}>{image.ownSize === undefined ? 'not known' : bytes(image.ownSize)}</td>
      )}
      {columns.includes('used') && <LastUsed row={row} now={now} />}
      {columns.includes('created') && (
        <td className={`t2 num cut ${c.created}`} title={image.createdAt > 0 ? dateAndTime(image.createdAt) : undefined}>
          {ago(image.createdAt, now)}
        </td>
      )}
      <td className={c.actions}>
        <EngineScope value={row.at}>{!row.isStep && <RowMenu row={row} isActive={isActive} />}</EngineScope>
      </td>
    </tr>
  );
});

function LastUsed({ row: { image, lastUsedAt }, now }: Pick<Props, 'row' | 'now'>) {
  const words = lastUsedAt === undefined ? 'not known' : ago(lastUsedAt, now);
  return (
    <td className={`t2 num cut ${c.used}`} title={lastUsedAt === undefined ? undefined : dateAndTime(lastUsedAt)}>
      {image.usedBy.length > 0 ? 'in use' : words}
    </td>
  );
}

function NameCell({ row: { at, image, groups, newerThanLatest, isStep }, engine, isActive }: Pick<Props, 'row' | 'engine' | 'isActive'>) {
  const { id } = image;
  const [first, ...further] = groups;
  const [digest] = image.digests;
  return (
    <td className={c.name}>
      <a href={formatRoute({ page: 'image', id, at })} className={c.open} tabIndex={isActive ? 0 : -1}>
        {first ? (
          <ChipGroup name={first.repository} chips={first.tags} max={3} warn={newerThanLatest ? 'latest' : undefined} />
        ) : (
          <Nameless digest={digest} isStep={isStep} />
        )}
      </a>
      <span className={c.further}>
        {engine && <EngineBadge name={engine.name} hue={engine.hue} label={`On ${engine.name}`} />}
        <span className="mono t3">{shortId(id)}</span>
        {image.platforms && <PlatformsHere platforms={image.platforms} />}
        {further.slice(0, 2).map(({ repository, tags }) => (
          <ChipGroup key={repository} name={repository} chips={tags} max={1} small />
        ))}
        {further.length > 2 && <span className={`t3 ${c.more}`}>+{further.length - 2}</span>}
      </span>
    </td>
  );
}

function sizeParts({ image: { size, ownSize } }: ImageRow, biggest: number): BarPart[] {
  if (ownSize === undefined) return [{ key: 'all', fraction: size / biggest, kind: 'hatch' }];
  const parts: BarPart[] = [
    { key: 'own', fraction: ownSize / biggest, kind: 'accent' },
    { key: 'shared', fraction: (size - ownSize) / biggest, kind: 'soft' },
  ];
  return parts.filter(({ fraction }) => fraction > 0);
}

/** An image without a tag may still be known to a registry by its digest. */
function Nameless({ digest, isStep }: { digest: string | undefined; isStep: boolean | undefined }) {
  if (!digest) return <span className="t2">{isStep ? 'Step of a build' : 'Untagged'}</span>;
  const { repository, short } = splitDigest(digest);
  return <ChipGroup name={repository} chips={[short]} />;
}
