import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AddButton } from '../../../ui/AddButton.tsx';
import c from './BuildOptions.module.css';

type Props<T extends { key: number }> = {
  rows: T[];
  onChange(rows: T[]): void;
  /** An empty row. */
  make(): T;
  /** The label of the button that adds a row. */
  add: string;
  nameOf(row: T): string;
  children(row: T): ReactNode;
};

/** As many rows of fields as needed, up to twenty. */
export const LineFields = <T extends { key: number }>({ rows, onChange, make, add, nameOf, children }: Props<T>) => (
  <>
    {rows.map((row) => (
      <div key={row.key} className={c.row}>
        {children(row)}
        <ActionIcon aria-label={`Remove ${nameOf(row)}`} onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}>
          <IconX size={15} stroke={1.7} />
        </ActionIcon>
      </div>
    ))}
    {rows.length < 20 && <AddButton onClick={() => onChange([...rows, make()])}>{add}</AddButton>}
  </>
);
