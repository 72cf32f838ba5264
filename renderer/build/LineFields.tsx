import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import c from './BuildOptions.module.css';

type Props<T extends { key: number }> = {
  rows: T[];
  onChange(rows: T[]): void;
  /** An empty row. */
  make(): T;
  /** On the button that adds one, and to name the ones that are left out. */
  add: string;
  nameOf(row: T): string;
  children(row: T): ReactNode;
};

/** As many rows of fields as one wants. */
export const LineFields = <T extends { key: number }>({ rows, onChange, make, add, nameOf, children }: Props<T>) => (
  <>
    {rows.map((row) => (
      <div key={row.key} className={c.row}>
        {children(row)}
        <ActionIcon aria-label={`Leave out ${nameOf(row)}`} onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}>
          <IconX size={15} stroke={1.7} />
        </ActionIcon>
      </div>
    ))}
    {rows.length < 20 && (
      <Button
        variant="subtle"
        size="xs"
        className={c.add}
        leftSection={<IconPlus size={14} stroke={1.8} />}
        onClick={() => onChange([...rows, make()])}
      >
        {add}
      </Button>
    )}
  </>
);
