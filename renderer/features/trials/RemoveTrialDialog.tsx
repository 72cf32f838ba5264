import { useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { useMirror } from '../../connection/mirror.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { openPage, useNavigation } from '../../desk/navigation.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';

/** Says what is lost before a trial is removed. */
export function RemoveTrialDialog({ container }: { container: string }) {
  const trial = useMirror((mirror) => mirror.trials.find(({ containerId }) => containerId === container));
  // what the dialog says stays while the container goes
  const [shown] = useState(trial);
  const [failure, setFailure] = useState<Failure>();
  const act = () => {
    client.trials.remove({ container }).then(
      () => {
        closeDialog();
        const { route } = useNavigation.getState();
        if (route.page === 'trial' && route.id === container) openPage({ page: 'trials' });
      },
      (error) => setFailure(failureOf(error)),
    );
  };
  return (
    <Dialog
      title={`Remove the container of ${shown?.image ?? 'the image'}?`}
      onClose={closeDialog}
      action={shown?.state === 'running' ? 'End and remove it' : 'Remove it'}
      onAct={act}
      destructive
      size={460}
    >
      <p className="t2">
        What it wrote is lost, its log as well. {shown?.folder && `What is in the folder ${shown.folder.path} stays. `}The image stays.
      </p>
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
