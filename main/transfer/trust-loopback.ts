import type { Reference } from '../../contract/reference.ts';
import { isLoopback } from '../distribution/is-loopback.ts';
import type { Engine } from '../engine/open-engine.ts';

/** Docker asks a registry on this computer for no certificate; Podman has to be told so for each transfer. */
export function trustLoopback({ product }: Engine, { registry = '' }: Reference): { tlsVerify?: boolean } {
  return product === 'Podman' && isLoopback(registry) ? { tlsVerify: false } : {};
}
