import { attempt } from '../connection/attempt.ts';
import { client } from '../connection/client.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { count } from '../ui/format.ts';

/** Takes builds out of the history, and says what that does not touch. */
export function ForgetDialog({ ids }: { ids: string[] }) {
  const builds = count(ids.length, 'build');
  const act = () => {
    closeDialog();
    void attempt(() => client.build.forget({ builds: ids }));
  };
  return (
    <Dialog title={`Forget ${builds}?`} onClose={closeDialog} action={`Forget ${builds}`} onAct={act} destructive cancel="Keep">
      <p className="t2">
        Their steps, logs and file lists are deleted from this computer, and the next build of the folder may have nothing to be compared
        with. Images and the engine’s cache stay as they are.
      </p>
    </Dialog>
  );
}
