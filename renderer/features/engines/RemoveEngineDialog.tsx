import { client } from '../../connection/client.ts';
import { attempt } from '../../desk/attempt.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { Dialog } from '../../ui/Dialog.tsx';

/** Forgets an engine: its docker context goes, the engine itself and its images stay. */
export function RemoveEngineDialog({ context, isInUse }: { context: string; isInUse: boolean }) {
  const act = async () => {
    await attempt(() => client.engine.remove({ context }));
    closeDialog();
  };
  return (
    <Dialog
      title={`Remove the engine ${context} from the list?`}
      onClose={closeDialog}
      action="Remove it from the list"
      onAct={() => void act()}
      destructive
      cancel="Keep"
    >
      <p className="t2">
        Its docker context goes, with the copies of its certificates, and docker’s command forgets it, too. The engine and its images stay
        as they are; you can add it again with its address.
      </p>
      {isInUse && <p className="t2">Layerdeck uses this engine now, and stays connected until another one is chosen.</p>}
    </Dialog>
  );
}
