import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../../../contract/failure.ts';
import type { RegistryContainer } from '../../../contract/registry.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { useMirror } from '../../connection/mirror.ts';
import { useAsked } from '../../connection/use-asked.ts';
import { closeDialog, openDialog } from '../../desk/dialogs.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { Warning } from '../../ui/Warning.tsx';
import { ForOthers, WhoCanReach } from './ReachWords.tsx';

/** Lets other computers reach the registry, or this one only. Before, it says who that is and what they could read. */
export function ReachDialog() {
  const registry = useMirror((mirror) => mirror.registry);
  const { answer: addresses } = useAsked('addresses', (signal) => client.localRegistry.addresses(undefined, { signal }));
  const [isWorking, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  // while its container is made anew there may be none
  const [{ isOpen, hasLogin, isEncrypted, certificate }, setSeen] = useState<Seen>(() => ('containerId' in registry ? registry : nothing));
  const port = 'port' in registry ? registry.port : undefined;
  const act = () => {
    setWorking(true);
    setFailure(undefined);
    client.localRegistry
      .reach({ isOpen: !isOpen })
      .then(
        () => (isOpen ? closeDialog() : setSeen({ isOpen: true, hasLogin, isEncrypted, certificate })),
        (error) => setFailure(failureOf(error)),
      )
      .finally(() => setWorking(false));
  };
  if (isOpen)
    return (
      <Dialog
        title="Other computers can reach the registry"
        lead="They sign in with the user name and the password that it has."
        onClose={closeDialog}
        action={isWorking ? 'Restarting the registry' : 'This computer only'}
        disabled={isWorking}
        onAct={act}
        careful
        size={isEncrypted ? 620 : 540}
        cancel="Done"
      >
        <ForOthers addresses={addresses} port={port} certificate={certificate} />
        {!isEncrypted && <Unencrypted />}
        {failure && <FailureNote failure={failure} />}
      </Dialog>
    );
  if (!hasLogin)
    return (
      <Dialog
        title="Other computers need a sign-in"
        onClose={closeDialog}
        action="Ask for a sign-in…"
        onAct={() => openDialog({ name: 'protect-registry' })}
        size={460}
      >
        <p className="t2">
          Nobody has to sign in to this registry, so everybody in your network could get, push and remove images there. Let it ask for a
          sign-in first, then come back here.
        </p>
      </Dialog>
    );
  return (
    <Dialog
      title="Let other computers reach the registry?"
      onClose={closeDialog}
      action={isWorking ? 'Restarting the registry' : 'Let them reach it and restart'}
      disabled={isWorking}
      onAct={act}
      careful
      cancel="This computer only"
      size={540}
    >
      <WhoCanReach addresses={addresses} />
      {isEncrypted ? (
        <p className="t2">The connections are encrypted. Engines there have to trust this registry’s authority once.</p>
      ) : (
        <Unencrypted />
      )}
      {failure && <FailureNote failure={failure} />}
    </Dialog>
  );
}

type Seen = Pick<RegistryContainer, 'isOpen' | 'hasLogin' | 'isEncrypted' | 'certificate'>;

const nothing: Seen = { isOpen: false, hasLogin: false, isEncrypted: false };

const Unencrypted = () => (
  <>
    <Warning isLong>
      The connection isn’t encrypted. Whoever can listen in one of these networks reads the password and every image on its way: do this
      only where you trust everyone.
    </Warning>
    <div>
      <Button size="xs" onClick={() => openDialog({ name: 'encrypt-registry' })}>
        Encrypt the connections…
      </Button>
    </div>
  </>
);
