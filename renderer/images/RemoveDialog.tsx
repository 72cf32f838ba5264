import { useEffect, useState } from 'react';
import type { Failure } from '../../contract/failure.ts';
import type { RemovalPreview } from '../../contract/image.ts';
import { client } from '../connection/client.ts';
import { closeDialog } from '../connection/dialogs.ts';
import { failureOf } from '../connection/failure-of.ts';
import { imageName } from '../connection/image-name.ts';
import { useMirror } from '../connection/mirror.ts';
import { startTask } from '../connection/start-task.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNote } from '../ui/FailureNote.tsx';
import { count } from '../ui/format.ts';
import { openPage, useNavigation } from '../ui/navigation.ts';
import { Ring } from '../ui/Ring.tsx';
import { clearSelection } from './list-store.ts';
import { RemovalDetails } from './RemovalDetails.tsx';
import { freedWords, removableIds, removalAction } from './removal-words.ts';

/** A rehearsal of a removal: what goes, what comes back, what is in the way. Nothing goes before the button is pressed. */
export function RemoveDialog({ ids }: { ids: string[] }) {
  const { preview, failure } = useRemovalPreview(ids);
  const removable = preview ? removableIds(preview) : [];
  const act = () => {
    closeDialog();
    clearSelection();
    leavePagesOf(removable);
    void startTask({ kind: 'remove', images: removable });
  };
  return (
    <Dialog
      title={useTitle(ids)}
      lead={preview && 'A rehearsal. Nothing is removed before you press the button.'}
      onClose={closeDialog}
      action={preview ? removalAction(preview) : undefined}
      disabled={removable.length === 0}
      onAct={act}
      destructive
      cancel="Keep"
    >
      {failure && <FailureNote failure={failure} />}
      {!failure && !preview && (
        <p className="row t2" role="status">
          <Ring /> Looking at what would go
        </p>
      )}
      <p className="hidden" role="status">
        {preview && freedWords(preview)}
      </p>
      {preview && <RemovalDetails preview={preview} />}
    </Dialog>
  );
}

/** The page of an image that is about to go would only say that it is gone. */
function leavePagesOf(ids: string[]): void {
  const { page, id } = useNavigation.getState().route;
  if (page === 'image' && id && ids.includes(id)) openPage('images');
}

function useTitle(ids: string[]): string {
  const [id] = ids;
  const only = useMirror((mirror) => (ids.length === 1 ? mirror.images?.images.find((image) => image.id === id) : undefined));
  return only ? `Remove ${imageName(only)}?` : `Remove ${count(ids.length, 'image')}?`;
}

function useRemovalPreview(ids: string[]): { preview?: RemovalPreview; failure?: Failure } {
  const [known, setKnown] = useState<{ preview?: RemovalPreview; failure?: Failure }>({});
  useEffect(() => {
    let isCurrent = true;
    client.images.previewRemoval({ ids }).then(
      (preview) => isCurrent && setKnown({ preview }),
      (error) => isCurrent && setKnown({ failure: failureOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [ids]);
  return known;
}
