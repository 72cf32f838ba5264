import { closeDialog } from '../connection/dialogs.ts';
import { startTask } from '../connection/start-task.ts';
import { useReferenceTargets } from '../connection/use-reference-targets.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { count } from '../ui/format.ts';
import { useImage } from './use-image.ts';

/** Takes one name off an image and says whether the image stays. */
export function UntagDialog({ reference }: { reference: string }) {
  const image = useImage(useReferenceTargets().get(reference) ?? '');
  const others = (image?.references.length ?? 1) - 1;
  const act = () => {
    closeDialog();
    void startTask({ kind: 'untag', reference });
  };
  return (
    <Dialog title={`Remove the tag ${reference}?`} onClose={closeDialog} action="Remove the tag" onAct={act} destructive cancel="Keep">
      <p className="t2">
        {others > 0
          ? `The image stays. It keeps its ${count(others, 'other name')}.`
          : 'It is the last name of this image, so the image is deleted with it, unless a container uses it.'}
      </p>
    </Dialog>
  );
}
