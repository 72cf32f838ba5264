import { Button } from '@mantine/core';
import { useState } from 'react';
import type { EngineLook } from '../../../contract/engine.ts';
import type { Failure } from '../../../contract/failure.ts';
import type { GrantedPath } from '../../../contract/file.ts';
import { client } from '../../connection/client.ts';
import { failureOf } from '../../connection/failure-of.ts';
import { attempt } from '../../desk/attempt.ts';
import { closeDialog } from '../../desk/dialogs.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNote } from '../../ui/FailureNote.tsx';
import { addressProblem, healthOf, nameProblem } from './engine-words.ts';

type Result = { of: string; answer?: EngineLook; failure?: Failure };

/** Adds an engine that runs elsewhere, once it has answered; one that does not can be added all the same. */
export function AddEngineDialog() {
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [certificates, setCertificates] = useState<GrantedPath>();
  const [result, setResult] = useState<Result>();
  const [isBusy, setBusy] = useState(false);
  const [closed] = useState(() => new AbortController());
  const wanted = { name: name.trim(), address: address.trim(), ...(certificates && { certificates: certificates.grant }) };
  const asked = JSON.stringify([wanted.address, wanted.certificates]);
  // what came of asking is about these words only
  const known = result?.of === asked ? result : undefined;
  const close = () => {
    closed.abort();
    closeDialog();
  };
  const act = async (isWanted: boolean) => {
    setBusy(true);
    setResult(undefined);
    try {
      if (!isWanted) await client.engine.tryOut(wanted, { signal: closed.signal });
      await client.engine.add(wanted, { signal: closed.signal });
      close();
    } catch (error) {
      if (!closed.signal.aborted) setResult({ of: asked, failure: failureOf(error) });
    } finally {
      setBusy(false);
    }
  };
  const isTls = wanted.address.startsWith('tcp://');
  return (
    <Dialog
      title="Add an engine"
      lead="Layerdeck keeps it as a docker context, which docker’s command knows, too."
      onClose={close}
      action={isBusy ? 'Asking the engine' : known?.failure ? 'Add it all the same' : 'Add'}
      disabled={isBusy || nameProblem(wanted.name) !== undefined || addressProblem(wanted.address) !== undefined}
      onAct={() => void act(known !== undefined)}
      note={
        known?.failure?.kind === 'engine-asks' && (
          <Button size="xs" variant="subtle" onClick={() => void act(false)}>
            Connect again
          </Button>
        )
      }
    >
      <CheckedField label="Name" value={name} onChange={setName} problem={nameProblem(wanted.name)} placeholder="build-server" autoFocus />
      <CheckedField
        label="Address"
        value={address}
        onChange={setAddress}
        problem={addressProblem(wanted.address)}
        placeholder="ssh://user@build.example"
      />
      {wanted.address.startsWith('ssh://') && (
        <p className="t2">Layerdeck uses this computer’s SSH, with your settings and keys. Docker must be installed on the other one.</p>
      )}
      {isTls && <Certificates chosen={certificates} onChange={setCertificates} />}
      {known?.answer && <p className="t2">{healthOf(known, undefined).title}</p>}
      {known?.failure && <FailureNote failure={known.failure} />}
    </Dialog>
  );
}

type CertificateProps = { chosen: GrantedPath | undefined; onChange(folder: GrantedPath | undefined): void };

const Certificates = ({ chosen, onChange }: CertificateProps) => (
  <div className="row">
    <span className="t2 grow">
      {chosen
        ? `Certificates from ${chosen.path}`
        : 'Without certificates nothing is encrypted, and everybody in between can use the engine.'}
    </span>
    {chosen && (
      <Button size="xs" variant="subtle" onClick={() => onChange(undefined)}>
        Leave them out
      </Button>
    )}
    <Button size="xs" onClick={() => void attempt(() => client.files.chooseFolder()).then((folder) => folder && onChange(folder))}>
      Choose certificates…
    </Button>
  </div>
);
