import type { Reference } from '../../../contract/reference.ts';
import { isLoopback } from '../../../contract/reference.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';

/** Docker does not ask a registry on this computer for a certificate; Podman has to be told for each transfer. */
export function trustLoopback({ product }: Engine, { registry = '' }: Reference): { tlsVerify?: boolean } {
  return product === 'Podman' && isLoopback(registry) ? { tlsVerify: false } : {};
}
