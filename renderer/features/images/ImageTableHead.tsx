import { Checkbox, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import c from './ImageTable.module.css';
import { clearSelection, selectAll, sortBy, useImageList } from './list-store.ts';
import type { SortColumn } from './sort-rows.ts';

export function ImageTableHead({ ids, chosenCount }: { ids: string[]; chosenCount: number }) {
  const allSelected = useImageList((list) => ids.every((id) => list.selected.has(id)));
  return (
    <thead className={c.head}>
      <tr className={c.columns} aria-rowindex={1}>
        <th scope="col">
          <Checkbox
            aria-label="Select all"
            checked={allSelected}
            indeterminate={!allSelected && chosenCount > 0}
            onChange={() => (allSelected ? clearSelection() : selectAll(ids))}
          />
        </th>
        <SortHeader column="name">Image</SortHeader>
        <th scope="col" className={c.notes}>
          Notes
        </th>
        <SortHeader column="size" className={c.sizeHead}>
          Size
        </SortHeader>
        <SortHeader column="created" className={c.created}>
          Created
        </SortHeader>
        <th scope="col">
          <span className="hidden">Actions</span>
        </th>
      </tr>
    </thead>
  );
}

function SortHeader({ column, children, className }: { column: SortColumn; children: ReactNode; className?: string }) {
  const direction = useImageList(({ sort }) => (sort.column === column ? sort.direction : 'none'));
  const Arrow = direction === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <th scope="col" aria-sort={direction} className={className}>
      <button type="button" className={c.sort} onClick={() => sortBy(column)}>
        {children}
        <Arrow size={12} stroke={2} aria-hidden />
      </button>
      {column === 'size' && <Legend />}
    </th>
  );
}

const Legend = () => (
  <Tooltip label="Dark: only in this image. Light: shared with others.">
    <span className={c.legend}>
      <i data-kind="own" />
      own
      <i data-kind="shared" />
      shared
    </span>
  </Tooltip>
);
