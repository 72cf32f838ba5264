import { closeDialog, openDialog } from '../../desk/dialogs.ts';
import { useEngineScope } from '../../desk/engine-scope.ts';
import { startTask } from '../../desk/start-task.ts';
import { useReferenceTargets } from '../../desk/use-reference-targets.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { count } from '../../ui/format.ts';
import { useImage } from './use-image.ts';

/** Removes one name of an image that has others. With its last name the image itself would go, which is another dialog’s task. */
export function UntagDialog({ reference }: { reference: string }) {
  const at = useEngineScope();
  const image = useImage(useReferenceTargets().get(reference) ?? '');
  if (image && image.references.length < 2) return <LastName reference={reference} id={image.id} at={at} />;
  const others = image && image.references.length - 1;
  const act = () => {
    closeDialog();
    void startTask({ kind: 'untag', reference }, at);
  };
  return (
    <Dialog title={`Remove the tag ${reference}?`} onClose={closeDialog} action="Remove the tag" onAct={act} destructive cancel="Keep">
      {others && <p className="t2">The image stays, with its {count(others, 'other name')}.</p>}
    </Dialog>
  );
}

const LastName = ({ reference, id, at }: { reference: string; id: string; at: string | undefined }) => (
  <Dialog
    title={`${reference} is the image’s last name`}
    onClose={closeDialog}
    action="Remove the image…"
    onAct={() => openDialog({ name: 'remove', ids: [id], at })}
    destructive
    cancel="Keep"
  >
    <p className="t2">Without a name, the engine would remove the image, too. Give it another name first, or remove the image.</p>
  </Dialog>
);
