import { networkInterfaces } from 'node:os';
import type { OwnAddress } from '../../../contract/registry.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { statusAt } from './ask-registry.ts';
import { ownRegistry, startWith } from './made-anew.ts';
import type { RegistryBook } from './registry-book.ts';
import { letsEverybodyIn, wantsSignInFirst } from './registry-failures.ts';

/**
 * Lets other computers reach the registry, or this one only. It keeps its port, and is made anew. Rejects with the failure to show: one
 * that lets everybody in is never opened, and one that turns out to is closed again.
 */
export async function reachRegistry(engine: Engine, book: RegistryBook, isOpen: boolean): Promise<void> {
  const now = await ownRegistry(engine, book);
  if (isOpen && !now.hasLogin) throw wantsSignInFirst();
  const address = await startWith(engine, book, now, { isOpen });
  if (!isOpen || (await statusAt(address, { authority: book.authorityOf(address) })) === 401) return;
  await startWith(engine, book, now, { isOpen: false });
  throw letsEverybodyIn();
}

/** Networks that containers and virtual machines of this computer have among themselves, by the names that their programs give them. */
const inner = /^(?:docker|br-|veth|podman|cni|cbr|flannel|virbr|lxc|lxd|vmnet|vboxnet|bridge\d|vEthernet)/;

/** Where other computers find this one: its IPv4 addresses, those of real networks first. */
export const ownAddresses = (interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): OwnAddress[] =>
  Object.entries(interfaces)
    .flatMap(([name, addresses = []]) =>
      addresses
        // 169.254: an interface that got no address
        .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
        .map(({ address }) => ({ interface: name, address, isInner: inner.test(name) })),
    )
    .toSorted((a, b) => Number(a.isInner) - Number(b.isInner));
