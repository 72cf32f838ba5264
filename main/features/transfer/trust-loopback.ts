import type { Reference } from '../../../contract/reference.ts';
import { isLoopback } from '../../../contract/reference.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import type { Logins } from '../../foundation/registries/logins/logins.ts';

/** Docker does not ask a registry on this computer for a certificate; Podman has to be told for each transfer. */
export function trustLoopback({ product }: Engine, logins: Logins, { registry = '' }: Reference): { tlsVerify?: boolean } {
  return product === 'Podman' && isLoopback(logins.near.localNameOf(registry)) ? { tlsVerify: false } : {};
}
