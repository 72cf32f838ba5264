import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import c from './AddButton.module.css';

/** Adds one more row to a list of fields. */
export const AddButton = ({ children, onClick }: { children: string; onClick(): void }) => (
  <Button variant="subtle" size="xs" className={c.add} leftSection={<IconPlus size={14} stroke={1.8} />} onClick={onClick}>
    {children}
  </Button>
);
