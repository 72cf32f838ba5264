import { BlockList, isIP } from 'node:net';
import type { Engine } from './open-engine.ts';

type Info = {
  RegistryConfig?: { IndexConfigs?: Record<string, { Secure?: boolean }>; InsecureRegistryCIDRs?: string[] };
};

/** Whether the engine's owner told it that a registry needs no certificate; false where the engine does not say. */
export async function isInsecureFor({ docker }: Engine, registry: string): Promise<boolean> {
  const { RegistryConfig: config } = (await docker.info().catch(() => ({}))) as Info;
  if (config?.IndexConfigs?.[registry]?.Secure === false) return true;
  const address = registry.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const family = isIP(address);
  if (family === 0) return false;
  const list = new BlockList();
  for (const range of config?.InsecureRegistryCIDRs ?? []) addRange(list, range);
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function addRange(list: BlockList, range: string): void {
  const [net = '', bits] = range.split('/');
  const family = isIP(net);
  if (family !== 0) list.addSubnet(net, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
}
