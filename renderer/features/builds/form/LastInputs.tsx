import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import c from './BuildDialog.module.css';

/** Says where the form's contents come from, and offers to start afresh. */
export const LastInputs = ({ onStartFresh }: { onStartFresh(): void }) => (
  <div className={c.last}>
    <IconHistory size={15} stroke={1.7} aria-hidden />
    <span className="grow">Filled in as for the last build of this folder</span>
    <Button variant="subtle" size="xs" onClick={onStartFresh}>
      Start afresh
    </Button>
  </div>
);
