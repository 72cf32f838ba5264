import type { MouseEvent } from 'react';
import c from './RowCheckbox.module.css';

type Props = { label: string; checked: boolean; onToggle(event: MouseEvent): void; tabIndex: number };

/** The checkbox of a virtual row: one plain element, as hundreds of them come and go while a list is scrolled. */
export const RowCheckbox = ({ label, checked, onToggle, tabIndex }: Props) => (
  <input type="checkbox" className={c.box} aria-label={label} checked={checked} onClick={onToggle} readOnly tabIndex={tabIndex} />
);
