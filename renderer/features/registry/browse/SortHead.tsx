import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { SortedBy, TagSort } from './sort-tags.ts';
import c from './TagTable.module.css';

type Props = {
  label: string;
  by: SortedBy;
  className: string | undefined;
  sort: TagSort;
  why?: string | undefined;
  onSort(by: SortedBy): void;
};

/** The head of a column by which tags are sorted. `why` it can’t be. */
export function SortHead({ label, by, className, sort, why, onSort }: Props) {
  const isSorted = sort.by === by;
  const Arrow = sort.isReversed === (by === 'tag') ? IconArrowDown : IconArrowUp;
  const order = isSorted ? (sort.isReversed ? 'ascending' : 'descending') : 'none';
  return (
    <th scope="col" className={className} aria-sort={order}>
      <button type="button" className={c.sort} onClick={() => onSort(by)} disabled={why !== undefined} title={why}>
        {label}
        {isSorted && <Arrow size={12} stroke={1.8} aria-hidden />}
      </button>
    </th>
  );
}
