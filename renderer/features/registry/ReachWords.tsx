import type { ReactNode } from 'react';
import type { OwnAddress, RegistryCertificate } from '../../../contract/registry.ts';
import { copyText } from '../../desk/copy-text.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type FactRow, Facts } from '../../ui/Facts.tsx';
import { TrustWords } from './encryption/TrustWords.tsx';
import { whoWords } from './registry-words.ts';

/** Who could reach the registry if it was open, by this computer's networks. */
export const WhoCanReach = ({ addresses }: { addresses: OwnAddress[] | undefined }) => (
  <>
    <p className="t2">{whoWords(addresses)}</p>
    <Facts wide rows={byInterface(addresses ?? [], (one) => `${whoIsAt(one)}, at ${one.address}`)} />
  </>
);

type ForOthersProps = { addresses: OwnAddress[] | undefined; port: number | undefined; certificate: RegistryCertificate | undefined };

/** What others need: an address to copy, and what their engine has to be told. */
export function ForOthers({ addresses, port, certificate }: ForOthersProps) {
  const reachable = (addresses ?? []).filter(({ isInner }) => !isInner);
  const [first] = reachable;
  return (
    <>
      {addresses && reachable.length === 0 && <p className="t2">This computer is in no network right now.</p>}
      {port !== undefined && first && (
        <>
          <Facts wide rows={byInterface(reachable, ({ address }) => <Copied text={`${address}:${port}`} />)} />
          {certificate ? (
            <TrustWords registry={`${first.address}:${port}`} certificate={certificate} />
          ) : (
            <p className="t2">
              Engines elsewhere refuse a registry without encryption unless they are told. Docker has this in its daemon.json, and is
              started again: <Copied text={`"insecure-registries": ["${first.address}:${port}"]`} />
            </p>
          )}
          <p className="t2">
            If they don’t reach it, a firewall on this computer may keep port {port} closed. The addresses can change when this computer
            joins its network anew.
          </p>
        </>
      )}
    </>
  );
}

const Copied = ({ text }: { text: string }) => (
  <CopyButton label={`Copy ${text}`} copy={() => copyText(text)}>
    <span className="mono">{text}</span>
  </CopyButton>
);

/** A line for each interface, which may have several addresses. */
const byInterface = (addresses: OwnAddress[], words: (one: OwnAddress) => ReactNode): FactRow[] =>
  [...Map.groupBy(addresses, (one) => one.interface)].map(([name, its]) => ({
    name,
    value: its.map((one) => <div key={one.address}>{words(one)}</div>),
  }));

const whoIsAt = ({ isInner }: OwnAddress): string =>
  isInner ? 'Containers and virtual machines on this computer' : 'Everyone in this network';
