import { memo } from 'react';
import type { TagDetails } from '../../../../contract/registry-browse.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { ago, bytes, dateAndTime, grouped, shortId } from '../../../ui/format.ts';
import { RowCheckbox } from '../../../ui/RowCheckbox.tsx';
import { Warning } from '../../../ui/Warning.tsx';
import { type Here, hereWords } from './here.ts';
import { attachedTo } from './order-tags.ts';
import { shortPlatform } from './remote-names.ts';
import { TagMenu } from './TagMenu.tsx';
import c from './TagTable.module.css';
import type { KnownTag } from './tag-reader.ts';
import { kindWords } from './tag-words.ts';

type Props = {
  tag: string;
  /** The repository with its registry. */
  name: string;
  known: KnownTag | undefined;
  /** Other tags of the same image that stand in this row. */
  others: readonly string[];
  /** And those that don't, as far as they are known. */
  siblings: string;
  here: Here['how'] | undefined;
  isSigned: boolean;
  index: number;
  top: number;
  now: number;
  isActive: boolean;
  isChosen: boolean;
  isSelected: boolean;
  onToggle(tag: string, isRange: boolean): void;
  onRemove(tag: string): void;
  onActive(tag: string): void;
  onChoose(tag: string): void;
};

/** What fits into a row of usual width. */
const mostChips = 2;

export const TagRow = memo(function TagRow(props: Props) {
  const { tag, others, name, known, siblings, here, isSigned, index, top, now, isActive, isChosen, isSelected } = props;
  const { onToggle, onRemove, onActive, onChoose } = props;
  const details = known && 'details' in known ? known.details : undefined;
  return (
    <tr
      className={c.row}
      style={{ transform: `translateY(${top}px)` }}
      data-tag={tag}
      data-chosen={isChosen || undefined}
      data-selected={isSelected || undefined}
      aria-selected={isSelected}
      aria-rowindex={index + 2}
      aria-label={[tag, ...others].join(', ')}
      aria-current={isChosen ? 'true' : undefined}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => onActive(tag)}
    >
      <td className={c.check}>
        <RowCheckbox
          label={`Select ${[tag, ...others].join(', ')}`}
          checked={isSelected}
          onToggle={(event) => onToggle(tag, event.shiftKey)}
          tabIndex={isActive ? 0 : -1}
        />
      </td>
      <td className={c.name}>
        <button
          type="button"
          draggable
          className={c.open}
          title={others.length > 0 ? [tag, ...others].join(', ') : undefined}
          tabIndex={-1}
          onClick={() => onChoose(tag)}
        >
          <Chip>{tag}</Chip>
          {others.slice(0, mostChips).map((other) => (
            <span key={other} className={c.joint}>
              <Chip>{other}</Chip>
            </span>
          ))}
          {others.length > mostChips && <span className="sm t2 num">+{grouped(others.length - mostChips)}</span>}
          {isSigned && <span className={`sm ${c.signed}`}>signed</span>}
        </button>
        <span className={`sm t3 cut ${c.under}`} title={siblings && `The same image as ${siblings}`}>
          <Under known={known} details={details} siblings={siblings} tag={tag} />
        </span>
      </td>
      <td className={`cut ${c.here}`} data-here={here}>
        {here && hereWords[here]}
      </td>
      <td className={`t2 num cut ${c.created}`} title={details?.createdAt === undefined ? undefined : dateAndTime(details.createdAt)}>
        {details?.createdAt !== undefined && ago(details.createdAt, now)}
      </td>
      <td className={`t2 cut ${c.platforms}`} title={details?.platforms?.join(', ')}>
        {details?.platforms && platformsWords(details.platforms)}
      </td>
      <td className={`num cut ${c.size}`} title={details?.sizeFor === undefined ? undefined : `Packed, for ${details.sizeFor}`}>
        {details?.size !== undefined && bytes(details.size)}
      </td>
      <td className={c.actions}>
        {details && <TagMenu tag={tag} name={name} details={details} isActive={isActive} onRemove={onRemove} />}
      </td>
    </tr>
  );
});

function Under({ known, details, siblings, tag }: Pick<Props, 'known' | 'siblings' | 'tag'> & { details: TagDetails | undefined }) {
  if (!known) return <span aria-hidden>…</span>;
  if ('failure' in known) return <Warning>{known.failure.title}</Warning>;
  if (!details) return <>It has gone in the meantime.</>;
  const about = attachedTo(tag);
  const what = about ? `about ${shortId(about.digest)}` : kindWords(details);
  return (
    <>
      <span className="mono">{shortId(details.digest)}</span>
      {what && ` · ${what}`}
      {siblings && ` · same as ${siblings}`}
    </>
  );
}

const platformsWords = (platforms: readonly string[]): string => {
  const [first, second, ...more] = [...new Set(platforms)].map(shortPlatform);
  return [[first, second].filter(Boolean).join(', '), ...(more.length > 0 ? [`+${more.length}`] : [])].join(' ');
};
