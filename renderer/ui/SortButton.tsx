import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import c from './SortButton.module.css';

type Props = {
  /** That of the column, as its head tells it. */
  order: 'ascending' | 'descending' | 'none';
  children: ReactNode;
  /** Why it can’t be sorted by the column. */
  why?: string | undefined;
  onSort(): void;
};

/** The button in the head of a column by which a table is sorted; the head has `aria-sort`. */
export function SortButton({ order, children, why, onSort }: Props) {
  const Arrow = order === 'ascending' ? IconArrowUp : IconArrowDown;
  return (
    <button type="button" className={c.sort} onClick={onSort} disabled={why !== undefined} title={why}>
      {children}
      <Arrow size={12} stroke={2} aria-hidden />
    </button>
  );
}
