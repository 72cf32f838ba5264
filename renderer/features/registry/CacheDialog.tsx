import { useState } from 'react';
import { cachedRegistry } from '../../../contract/grammar.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { startTask } from '../../desk/start-task.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

/** Starts a cache of another registry. */
export function CacheDialog() {
  const [remote, setRemote] = useState('docker.io');
  const text = remote.trim();
  const problem = cachedRegistry.test(text)
    ? undefined
    : 'Only the address of the registry counts, such as ghcr.io or http://registry.example:5000.';
  const act = () => {
    closeDialog();
    void startTask({ kind: 'start-cache', remote: text });
  };
  return (
    <Dialog
      title="Add a cache of a registry"
      lead="Images that are got through it are kept here for a week, and come from here the next time. It runs as a container in your engine."
      onClose={closeDialog}
      action="Start the cache"
      disabled={text === '' || problem !== undefined}
      onAct={act}
      size={500}
    >
      <CheckedField label="Registry" value={remote} onChange={setRemote} problem={problem} autoFocus />
      <p className="t2">It gets images without a sign-in, so only public ones. It answers on this computer only, and takes no pushes.</p>
    </Dialog>
  );
}
