import { SortButton } from '../../../ui/SortButton.tsx';
import type { SortedBy, TagSort } from './sort-tags.ts';

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
  const order = sort.by === by ? (sort.isReversed ? 'ascending' : 'descending') : 'none';
  return (
    <th scope="col" className={className} aria-sort={order}>
      <SortButton order={order} why={why} onSort={() => onSort(by)}>
        {label}
      </SortButton>
    </th>
  );
}
