import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { RegistryContainer } from '../../../../contract/registry.ts';
import { client } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure-of.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { useAsked } from '../../../connection/use-asked.ts';
import { closeDialog } from '../../../desk/dialogs.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import { dateAndTime } from '../../../ui/format.ts';
import { Warning } from '../../../ui/Warning.tsx';
import { Fingerprint, SaveCertificate } from './TrustWords.tsx';
import { dueWords } from './trust-words.ts';

type Seen = Pick<RegistryContainer, 'isEncrypted' | 'certificate' | 'isOpen' | 'hasLogin'>;

/** Has the registry encrypt its connections, shows by what, and makes that anew or stops it. */
export function EncryptDialog() {
  const registry = useMirror((mirror) => mirror.registry);
  const [working, setWorking] = useState<boolean>();
  const [failure, setFailure] = useState<Failure>();
  // while its container is made anew there may be none
  const [before] = useState<Seen>(() => ('containerId' in registry ? registry : nothing));
  const now: Seen = 'containerId' in registry && working === undefined ? registry : before;
  const act = (isEncrypted: boolean) => {
    setWorking(isEncrypted);
    setFailure(undefined);
    client.localRegistry
      .encrypt({ isEncrypted })
      .then(
        () => !isEncrypted && closeDialog(),
        (error) => setFailure(failureOf(error)),
      )
      .finally(() => setWorking(undefined));
  };
  const note = failure && <FailureNote failure={failure} />;
  if (!now.isEncrypted)
    return (
      <Dialog
        title="Encrypt the connections?"
        onClose={closeDialog}
        action={working ? 'Restarting the registry' : 'Make a certificate and restart'}
        disabled={working !== undefined}
        onAct={() => act(true)}
        size={500}
      >
        <p className="t2">
          Layerdeck makes a certificate for this registry, and a private authority that vouches for it. Nobody can listen then, and whatever
          else answers at its address is noticed: it gets neither the password nor an image.
        </p>
        <p className="t2">
          Engines on this computer need nothing more. Other computers, and clusters on this one, have to trust the authority once. Nothing
          is put among the authorities that this computer trusts.
        </p>
        {note}
      </Dialog>
    );
  return (
    <Dialog
      title="The connections are encrypted"
      onClose={closeDialog}
      action={working === false ? 'Restarting the registry' : 'Stop encrypting and restart'}
      disabled={working !== undefined}
      onAct={() => act(false)}
      destructive
      cancel="Done"
      size={560}
    >
      {now.certificate && <Certificate seen={now} isWorking={working === true} onRenew={() => act(true)} />}
      {now.isOpen && (
        <Warning isLong>
          Other computers reach this registry. Without encryption, whoever can listen in the network reads the password and every image.
        </Warning>
      )}
      {note}
    </Dialog>
  );
}

const nothing: Seen = { isEncrypted: false, isOpen: false, hasLogin: false };

type CertificateProps = { seen: Seen; isWorking: boolean; onRenew(): void };

/** What vouches for the registry, and how it is made anew. */
function Certificate({ seen: { certificate }, isWorking, onRenew }: CertificateProps) {
  const { answer: addresses = [] } = useAsked('addresses', (signal) => client.localRegistry.addresses(undefined, { signal }));
  if (!certificate) return null;
  const due = dueWords(certificate, addresses, Date.now());
  return (
    <>
      <Facts
        wide
        rows={[
          { name: 'Valid until', value: dateAndTime(certificate.until) },
          { name: 'For', value: certificate.names.join(', ') },
          { name: 'Authority (SHA-256)', value: <Fingerprint certificate={certificate} /> },
        ]}
      />
      {due !== undefined && <Warning isLong>{due} Make a new one.</Warning>}
      <p className="t2">
        Engines on this computer need nothing more; “Other computers…” says what those elsewhere need. When Layerdeck starts the registry,
        it makes a new certificate in time, or if this computer has other addresses by then. Whoever trusts the authority trusts that one,
        too.
      </p>
      <SaveCertificate>
        <Button size="xs" disabled={isWorking} onClick={onRenew}>
          {isWorking ? 'Restarting the registry' : 'Make a new certificate and restart'}
        </Button>
      </SaveCertificate>
    </>
  );
}
