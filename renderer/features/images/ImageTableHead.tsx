import { Checkbox, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { SortButton } from '../../ui/SortButton.tsx';
import type { ImageColumn } from './columns.ts';
import c from './ImageTable.module.css';
import { clearSelection, selectAll, sortBy, useImageList } from './list-store.ts';
import type { SortColumn } from './sort-rows.ts';

type Props = { ids: string[]; columns: readonly ImageColumn[]; chosenCount: number };

export function ImageTableHead({ ids, columns, chosenCount }: Props) {
  const allSelected = useImageList((list) => ids.length > 0 && ids.every((id) => list.selected.has(id)));
  return (
    <thead className={c.head}>
      <tr className={c.columns} aria-rowindex={1}>
        <th scope="col" className={c.check}>
          <Checkbox
            aria-label="Select all"
            checked={allSelected}
            indeterminate={!allSelected && chosenCount > 0}
            onChange={() => (allSelected ? clearSelection() : selectAll(ids))}
          />
        </th>
        <SortHeader column="name" className={c.name}>
          Image
        </SortHeader>
        {columns.includes('notes') && (
          <th scope="col" className={c.notes}>
            Notes
          </th>
        )}
        {columns.includes('size') && (
          <SortHeader column="size" className={`${c.size} ${c.sizeHead}`}>
            Size
          </SortHeader>
        )}
        {columns.includes('own') && (
          <SortHeader column="own" className={c.own} title="Bytes that no other image on the engine needs">
            Only here
          </SortHeader>
        )}
        {columns.includes('used') && (
          <SortHeader column="used" className={c.used} title="Named, built, or taken by a container">
            Last used
          </SortHeader>
        )}
        {columns.includes('created') && (
          <SortHeader column="created" className={c.created}>
            Created
          </SortHeader>
        )}
        <th scope="col" className={c.actionsHead}>
          <span className="hidden">Actions</span>
        </th>
      </tr>
    </thead>
  );
}

type SortProps = { column: SortColumn; children: ReactNode; className?: string | undefined; title?: string };

function SortHeader({ column, children, className, title }: SortProps) {
  const direction = useImageList(({ sort }) => (sort.column === column ? sort.direction : 'none'));
  return (
    <th scope="col" aria-sort={direction} className={className} title={title}>
      <SortButton order={direction} onSort={() => sortBy(column)}>
        {children}
      </SortButton>
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
