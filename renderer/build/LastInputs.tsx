import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import c from './BuildDialog.module.css';

/** Says where the form's contents come from, and lets one do without them. */
export const LastInputs = ({ onStartFresh }: { onStartFresh(): void }) => (
  <div className={c.last}>
    <IconHistory size={15} stroke={1.7} aria-hidden />
    <span className="grow">Filled in as this folder was built the last time</span>
    <Button variant="subtle" size="xs" onClick={onStartFresh}>
      Start afresh
    </Button>
  </div>
);
