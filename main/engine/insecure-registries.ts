import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { Engine } from './open-engine.ts';

type Info = {
  RegistryConfig?: { IndexConfigs?: Record<string, { Secure?: boolean }>; InsecureRegistryCIDRs?: string[] };
};

type Lookup = (name: string, options: { all: true }) => Promise<{ address: string }[]>;

/**
 * Whether the engine asks a registry for no certificate, as its owner told it; false where the engine does not say. As engines do
 * (moby, registry/config.go, isCIDRMatch), a name is looked up: one that leads to this computer needs none.
 */
export async function isInsecureFor({ docker }: Engine, registry: string, look: Lookup = lookup): Promise<boolean> {
  const { RegistryConfig: config } = (await docker.info().catch(() => ({}))) as Info;
  if (config?.IndexConfigs?.[registry]?.Secure === false) return true;
  const address = registry.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const list = new BlockList();
  for (const range of config?.InsecureRegistryCIDRs ?? []) addRange(list, range);
  const found = isIP(address) ? [{ address }] : await look(address, { all: true }).catch(() => []);
  return found.some((one) => list.check(one.address, isIP(one.address) === 6 ? 'ipv6' : 'ipv4'));
}

function addRange(list: BlockList, range: string): void {
  const [net = '', bits] = range.split('/');
  const family = isIP(net);
  if (family !== 0) list.addSubnet(net, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
}
