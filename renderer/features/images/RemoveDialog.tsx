import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { useEnginePlace, useImagesHere } from '../../desk/engine-scope.ts';
import { imageName } from '../../desk/image-name.ts';
import { openPage, useNavigation } from '../../desk/navigation.ts';
import { startTask } from '../../desk/start-task.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { count } from '../../ui/format.ts';
import { Ring } from '../../ui/Ring.tsx';
import { HolderList } from './HolderList.tsx';
import { clearSelection } from './list-store.ts';
import { RemovalDetails } from './RemovalDetails.tsx';
import { freedWords, removableIds, removalAction } from './removal-words.ts';
import { useImage } from './use-image.ts';

/** Says before a removal what it takes away, what it frees and what stands in its way. */
export function RemoveDialog({ ids }: { ids: string[] }) {
  // the engine that the preview is about does it, also if another one is in use by then
  const [at] = useState(useEnginePlace());
  const users = useUsers(ids);
  const asked = ids.join(' ');
  const { answer: preview, failure } = useAsked(asked, (signal) => client.images.previewRemoval({ ids, at }, { signal }), { since: users });
  const isHeld = preview?.images.some(({ usedBy }) => usedBy.length > 0) ?? false;
  const held = useAsked(isHeld ? asked : undefined, (signal) => client.images.holders({ ids, at }, { signal }), { since: users });
  const removable = preview ? removableIds(preview) : [];
  const act = () => {
    closeDialog();
    clearSelection();
    leavePagesOf(removable, at);
    void startTask({ kind: 'remove', images: removable }, at);
  };
  return (
    <Dialog
      title={useTitle(ids)}
      lead={preview && 'Nothing is removed until you press the button.'}
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
          <Ring /> Checking what would be removed
        </p>
      )}
      <p className="hidden" role="status">
        {preview && freedWords(preview)}
      </p>
      {preview && <RemovalDetails preview={preview} />}
      {held.failure && <FailureNote failure={held.failure} />}
      {held.answer && held.answer.length > 0 && <HolderList holders={held.answer} ids={ids} at={at} />}
    </Dialog>
  );
}

/** Changes when a container takes one of the images, or goes. */
function useUsers(ids: string[]): string {
  const list = useImagesHere();
  return (list?.images ?? []).flatMap(({ id, usedBy }) => (usedBy.length > 0 && ids.includes(id) ? [`${id} ${usedBy}`] : [])).join();
}

/** The page of an image that is about to go would only say that it is gone. */
function leavePagesOf(ids: string[], at: string | undefined): void {
  const { route } = useNavigation.getState();
  if (route.page === 'image' && route.at === at && ids.includes(route.id)) openPage({ page: 'images' });
}

function useTitle(ids: string[]): string {
  const [id] = ids;
  const only = useImage(ids.length === 1 && id !== undefined ? id : '');
  return only ? `Remove ${imageName(only)}?` : `Remove ${count(ids.length, 'image')}?`;
}
