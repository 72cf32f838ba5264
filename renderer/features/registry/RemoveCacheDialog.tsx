import type { OtherRegistry } from '../../../contract/registry.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { startTask } from '../../desk/start-task.ts';
import { Dialog } from '../../ui/Dialog.tsx';

/** Removes a cache with all that it keeps. */
export function RemoveCacheDialog({ cache: { containerId, cacheOf, address } }: { cache: OtherRegistry }) {
  const act = () => {
    closeDialog();
    void startTask({ kind: 'remove-cache', container: containerId });
  };
  return (
    <Dialog title={`Remove the cache of ${cacheOf}?`} onClose={closeDialog} action="Remove the cache" onAct={act} destructive cancel="Keep">
      <p className="t2">
        What it keeps goes with it, and can be got from {cacheOf} again. Names that begin with {address} lead nowhere then.
      </p>
    </Dialog>
  );
}
