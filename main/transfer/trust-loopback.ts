import type { Reference } from '../../contract/reference.ts';
import type { Engine } from '../engine/open-engine.ts';

/** Docker asks a registry on this computer for no certificate; Podman has to be told so for each transfer. */
export function trustLoopback({ product }: Engine, { registry = '' }: Reference): { tlsVerify?: boolean } {
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(registry);
  return product === 'Podman' && isLoopback ? { tlsVerify: false } : {};
}
