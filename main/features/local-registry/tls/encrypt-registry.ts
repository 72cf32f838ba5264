import { X509Certificate } from 'node:crypto';
import type { LocalRegistry, RegistryCertificate } from '../../../../contract/registry.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { ownRegistry, startWith } from '../made-anew.ts';
import type { OwnName } from '../name/own-name.ts';
import { ownAddresses } from '../reach-registry.ts';
import type { RegistryBook } from '../registry-book.ts';
import { notEncrypted } from '../registry-failures.ts';
import { namesOfComputer } from './names-of-computer.ts';
import type { RegistryAuthority, RegistryTls } from './registry-authority.ts';

const day = 24 * 60 * 60 * 1000;
/** Milliseconds before its end at which a certificate is made anew. */
const endsSoon = 30 * day;

type Parts = { book: RegistryBook; authority: RegistryAuthority; ownName: OwnName };

/** Has the own registry encrypt, with a certificate that is made now, or no longer. It is made anew, keeps its port, and its images stay. */
export async function encryptRegistry(engine: Engine, { book, authority, ownName }: Parts, isWanted: boolean): Promise<void> {
  const now = await ownRegistry(engine, book);
  // a name that the person gave has to be in it
  const tls = isWanted ? await authority.issue(namesOfComputer(ownAddresses()), nameOf(ownName)) : 'none';
  await startWith(engine, book, now, { tls });
}

const nameOf = ({ name }: OwnName): string[] => (name === undefined ? [] : [name]);

/**
 * A new certificate for a registry that is about to start, if the one that it has ends soon or lacks an address of this computer, and if
 * whoever trusts the authority of that one can trust the new one; undefined if it can stay as it is.
 */
export async function renewedTls(registry: LocalRegistry, { book, authority, ownName }: Parts): Promise<RegistryTls | undefined> {
  if (!('certificate' in registry) || registry.certificate === undefined || registry.maker !== 'layerdeck') return undefined;
  if (!isDue(registry.certificate, Date.now())) return undefined;
  const now = registry.address === undefined ? undefined : book.authorityOf(registry.address);
  if (now === undefined || !(await authority.isSame(now))) return undefined;
  return authority.issue([...namesOfComputer(ownAddresses()), ...nameOf(ownName)]);
}

/** Whether a certificate should be made anew: other computers come by the addresses of real networks. */
export const isDue = ({ until, names }: RegistryCertificate, at: number, addresses = ownAddresses()): boolean =>
  until - at < endsSoon || addresses.some(({ address, isInner }) => !isInner && !names.includes(address));

/** The certificate that engines elsewhere have to trust, as PEM. Throws the failure to show if the registry has none. */
export function authorityToSave(registry: LocalRegistry, book: RegistryBook): string {
  const certificate = 'address' in registry && registry.address !== undefined ? book.authorityOf(registry.address) : undefined;
  if (certificate === undefined) throw notEncrypted();
  // nothing but the certificate itself, whatever stood around it
  return new X509Certificate(certificate).toString();
}
