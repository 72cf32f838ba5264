import { useState } from 'react';
import { cachedRegistry } from '../../../contract/grammar.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { startTask } from '../../desk/start-task.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { CacheLogin } from './CacheLogin.tsx';
import { SeenFailure } from './SeenFailure.tsx';
import { useCacheLogin } from './use-cache-login.ts';

type Props = {
  /** The registry of a cache that is there, whose sign-in is chosen anew. */
  remote?: string | undefined;
};

/** Starts a cache of another registry, which may sign in there. */
export function CacheDialog({ remote: given }: Props) {
  const [remote, setRemote] = useState(given ?? 'docker.io');
  const text = remote.trim();
  const problem = cachedRegistry.test(text)
    ? undefined
    : 'Only the address of the registry counts, such as ghcr.io or http://registry.example:5000.';
  const login = useCacheLogin(text, given === undefined ? 'none' : 'entered');
  const act = async () => {
    const handed = await login.hand();
    if (handed === 'failed') return;
    closeDialog();
    void startTask({ kind: 'start-cache', remote: text, ...(handed && { login: handed }) });
  };
  return (
    <Dialog
      title={given === undefined ? 'Add a cache of a registry' : `How the cache of ${new URL(given).host} signs in`}
      lead={
        given === undefined
          ? 'Images that are got through it are kept here for a week, and come from here the next time. It runs as a container in your engine.'
          : 'What it keeps stays in it, and so does its address.'
      }
      onClose={() => {
        login.giveUp();
        closeDialog();
      }}
      action={login.isAsking ? 'Checking the sign-in' : given === undefined ? 'Start the cache' : 'Sign in and restart'}
      disabled={text === '' || problem !== undefined || !login.isComplete || login.isAsking}
      onAct={() => void act()}
      size={520}
    >
      {given === undefined && <CheckedField label="Registry" value={remote} onChange={setRemote} problem={problem} autoFocus />}
      <CacheLogin {...login} remote={text} mayDoWithout={given === undefined} />
      <p className="sm t2">It answers on this computer only, and takes no pushes.</p>
      {login.failure && <SeenFailure failure={login.failure} />}
    </Dialog>
  );
}
