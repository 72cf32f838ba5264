import { IconArrowsDiff, IconTrash, IconX } from '@tabler/icons-react';
import type { BuildSummary } from '../../../contract/build-record.ts';
import { openDialog } from '../../desk/dialogs.ts';
import { openPage } from '../../desk/navigation.ts';
import { FloatingBar } from '../../ui/FloatingBar.tsx';

const icon = { size: 15, stroke: 1.7, 'aria-hidden': true };

/** What can be done with the selected builds. */
export function BuildSelectionBar({ chosen, onClear }: { chosen: BuildSummary[]; onClear(): void }) {
  // the oldest first, as one reads a change
  const ids = chosen.toSorted((a, b) => a.createdAt - b.createdAt).map(({ id }) => id);
  const isRunning = chosen.some(({ state }) => state === 'running' || state === 'queued');
  return (
    <FloatingBar label="Selected builds" summary={<b>{chosen.length} selected</b>}>
      <button type="button" disabled={ids.length < 2 || ids.length > 50 || isRunning} onClick={() => openPage({ page: 'compare', ids })}>
        <IconArrowsDiff {...icon} />
        Compare
      </button>
      <button type="button" data-bad disabled={isRunning} onClick={() => openDialog({ name: 'forget-builds', ids })}>
        <IconTrash {...icon} />
        Forget…
      </button>
      <i />
      <button type="button" aria-label="Clear the selection" onClick={onClear}>
        <IconX {...icon} />
      </button>
    </FloatingBar>
  );
}
