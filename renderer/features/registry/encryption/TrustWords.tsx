import { Button } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { RegistryCertificate } from '../../../../contract/registry.ts';
import { client } from '../../../connection/client.ts';
import { failureOf } from '../../../connection/failure-of.ts';
import { copyText } from '../../../desk/copy-text.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { FailureNote } from '../../../ui/FailureNote.tsx';
import c from './Encryption.module.css';
import { type Trust, trustOf } from './trust-words.ts';

/** The certificate to save, and what each engine needs to trust a registry by it. */
export function TrustWords({ registry, certificate }: { registry: string; certificate: RegistryCertificate }) {
  return (
    <>
      <p className="t2">
        Engines there have to trust this registry’s authority once. Save its certificate, take it there, and put it where the engine looks.
      </p>
      <SaveCertificate />
      <Facts wide rows={trustOf(registry).map((one) => ({ name: one.engine, value: <Needed trust={one} /> }))} />
      <p className="t2">
        Whoever gets the certificate can compare it, with “openssl x509 -noout -fingerprint -sha256 -in ca.crt”:{' '}
        <Fingerprint certificate={certificate} />
      </p>
    </>
  );
}

const Needed = ({ trust: { lines, file, note } }: { trust: Trust }) => (
  <>
    {file !== undefined && <div className="mono">{file}</div>}
    <CopyButton label={file === undefined ? `Copy ${lines}` : `Copy the lines for ${file}`} copy={() => copyText(lines)}>
      <span className={`mono ${c.lines}`}>{lines}</span>
    </CopyButton>
    <div className="sm t2">{note}</div>
  </>
);

/** By which people compare what they trust with what is here. */
export const Fingerprint = ({ certificate: { authority } }: { certificate: RegistryCertificate }) => (
  <CopyButton label="Copy the fingerprint of the authority" copy={() => copyText(authority)}>
    <span className={`mono ${c.fingerprint}`}>{authority}</span>
  </CopyButton>
);

/** Saves the authority's certificate where the person wants it, and says so. `children` stand before the button. */
export function SaveCertificate({ children }: { children?: ReactNode }) {
  const [saved, setSaved] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const save = () => {
    setFailure(undefined);
    client.localRegistry.saveAuthority().then(
      (done) => done && setSaved(done.path),
      (error) => setFailure(failureOf(error)),
    );
  };
  return (
    <>
      <div className={c.save}>
        {children}
        <Button size="xs" leftSection={<IconDeviceFloppy size={14} stroke={1.6} aria-hidden />} onClick={save}>
          Save the certificate…
        </Button>
        <span className="sm t2" role="status">
          {saved === undefined ? '' : `Saved as ${saved}`}
        </span>
      </div>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}
