import { useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import { client } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure-of.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { closeDialog } from '../../../desk/dialogs.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { bytes } from '../../../ui/format.ts';
import { storageWords } from '../registry-words.ts';

/** Removes what the registry left in its volume, and says before that nothing but what it has now is left. */
export function RemoveLeftDialog({ size }: { size: number | undefined }) {
  const registry = useMirror((mirror) => mirror.registry);
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const act = () => {
    setWorking(true);
    setFailure(undefined);
    client.localRegistry
      .removeLeftBehind()
      .then(closeDialog, (error) => setFailure(failureOf(error)))
      .finally(() => setWorking(false));
  };
  return (
    <Dialog
      title="Remove what the registry left in its volume?"
      onClose={closeDialog}
      action={size === undefined ? 'Remove it' : `Remove ${bytes(size)}`}
      disabled={isWorking}
      onAct={act}
      destructive
      cancel="Keep"
    >
      <p className="t2">
        The volume layerdeck-registry has the images from before. What the registry has now stays
        {'storage' in registry ? `: ${storageWords(registry.storage).replace(/^I/, 'i')}` : ''}. Images that aren’t there are gone then,
        unless an engine or another registry has them.
      </p>
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}
