import { useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';

/** Lets everybody on this computer in again. */
export function UnprotectDialog() {
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const act = () => {
    setWorking(true);
    setFailure(undefined);
    client.localRegistry
      .unprotect()
      .then(closeDialog, (error) => setFailure(failureOf(error)))
      .finally(() => setWorking(false));
  };
  return (
    <Dialog
      title="Let everybody in without a sign-in?"
      onClose={closeDialog}
      action={isWorking ? 'Restarting the registry' : 'Let everybody in and restart'}
      disabled={isWorking}
      onAct={act}
      destructive
      cancel="Keep the sign-in"
    >
      <p className="t2">
        Every program on this computer can then get, push and remove images there. The password is forgotten; another one is made if you
        want a sign-in again. Other computers can no longer reach it then.
      </p>
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
