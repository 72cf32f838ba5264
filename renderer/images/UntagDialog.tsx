import { closeDialog, openDialog } from '../connection/dialogs.ts';
import { startTask } from '../connection/start-task.ts';
import { useReferenceTargets } from '../connection/use-reference-targets.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { count } from '../ui/format.ts';
import { useImage } from './use-image.ts';

/** Takes one name off an image that has others. The last one only goes with the image, which is a removal of its own. */
export function UntagDialog({ reference }: { reference: string }) {
  const image = useImage(useReferenceTargets().get(reference) ?? '');
  if (image && image.references.length < 2) return <LastName reference={reference} id={image.id} />;
  const others = image && image.references.length - 1;
  const act = () => {
    closeDialog();
    void startTask({ kind: 'untag', reference });
  };
  return (
    <Dialog title={`Remove the tag ${reference}?`} onClose={closeDialog} action="Remove the tag" onAct={act} destructive cancel="Keep">
      {others && <p className="t2">The image stays. It keeps its {count(others, 'other name')}.</p>}
    </Dialog>
  );
}

const LastName = ({ reference, id }: { reference: string; id: string }) => (
  <Dialog
    title={`${reference} is the image’s last name`}
    onClose={closeDialog}
    action="Remove the image…"
    onAct={() => openDialog({ name: 'remove', ids: [id] })}
    destructive
    cancel="Keep"
  >
    <p className="t2">The engine would delete the image with it. Give it another name first, or remove the whole image.</p>
  </Dialog>
);
