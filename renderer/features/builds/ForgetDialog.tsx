import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { count } from '../../ui/format.ts';

/** Removes builds from the history, and says what that leaves alone. */
export function ForgetDialog({ ids }: { ids: string[] }) {
  const builds = count(ids.length, 'build');
  const act = () => {
    closeDialog();
    void attempt(() => client.build.forget({ builds: ids }));
  };
  return (
    <Dialog title={`Forget ${builds}?`} onClose={closeDialog} action={`Forget ${builds}`} onAct={act} destructive cancel="Keep">
      <p className="t2">
        Their steps, logs and file lists are removed from this computer, so the next build of the folder may have nothing to be compared
        with. Images and the engine’s cache stay as they are.
      </p>
    </Dialog>
  );
}
