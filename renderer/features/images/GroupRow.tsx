import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { bytes, count } from '../../ui/format.ts';
import { RowCheckbox } from '../../ui/RowCheckbox.tsx';
import type { GroupItem } from './group-rows.ts';
import c from './ImageTable.module.css';
import { selectableIds } from './image-row.ts';
import { activate, toggleFolded, toggleRows, useImageList } from './list-store.ts';

type Props = { group: GroupItem; index: number; top: number; isActive: boolean };

/** The heading of a repository: how much there is of it, to be folded or selected as a whole. */
export const GroupRow = memo(function GroupRow({ group, index, top, isActive }: Props) {
  const { id, name, rows, isFolded } = group;
  const ids = selectableIds(rows);
  const isSelected = useImageList((list) => ids.length > 0 && ids.every((one) => list.selected.has(one)));
  const size = rows.reduce((sum, { image }) => sum + image.size, 0);
  const Arrow = isFolded ? IconChevronRight : IconChevronDown;
  const tabIndex = isActive ? 0 : -1;
  return (
    <tr
      className={`${c.row} ${c.group}`}
      style={{ transform: `translateY(${top}px)` }}
      data-id={id}
      aria-label={`${name}, ${count(rows.length, 'image')}`}
      aria-rowindex={index + 2}
      tabIndex={tabIndex}
      onFocus={() => activate(id)}
    >
      <td className={c.check}>
        <RowCheckbox label={`Select all of ${name}`} checked={isSelected} onToggle={() => toggleRows(ids)} tabIndex={tabIndex} />
      </td>
      <td className={c.groupName}>
        <button type="button" className={c.fold} aria-expanded={!isFolded} tabIndex={tabIndex} onClick={() => toggleFolded(id)}>
          <Arrow size={14} stroke={2} aria-hidden />
          <span className="cut">{name}</span>
        </button>
        <span className="t3 num" title={rows.length > 1 ? 'Layers that they share are counted for each of them' : undefined}>
          {count(rows.length, 'image')}, {bytes(size)}
        </span>
      </td>
    </tr>
  );
});
