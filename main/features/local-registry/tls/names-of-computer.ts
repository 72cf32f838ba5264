import { hostname } from 'node:os';
import type { OwnAddress } from '../../../../contract/registry.ts';

/** What this computer is called in its network; nothing if that can't be a host name. */
export function ownNames(name = hostname().toLowerCase()): string[] {
  if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(name) || name === 'localhost') return [];
  // without a domain, other computers find it by the local one
  return name.includes('.') ? [name] : [name, `${name}.local`];
}

/** Everything by which a registry on this computer can be reached. */
export const namesOfComputer = (addresses: readonly OwnAddress[]): string[] => [
  ...['localhost', '127.0.0.1', '::1'],
  ...ownNames(),
  ...addresses.map(({ address }) => address),
];
