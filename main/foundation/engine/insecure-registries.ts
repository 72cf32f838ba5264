import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { readEngineInfo } from './answers/engine-answers.ts';
import type { Engine } from './open-engine.ts';

type Lookup = (name: string, options: { all: true }) => Promise<{ address: string }[]>;

/**
 * Whether the engine is configured to ask a registry for no certificate; false if it does not say. As in engines themselves
 * (moby, registry/config.go, isCIDRMatch), names are resolved: one that leads to this computer needs no certificate.
 */
export async function isInsecureFor(engine: Engine, registry: string, look: Lookup = lookup): Promise<boolean> {
  const config = await readEngineInfo(engine).then(
    ({ RegistryConfig }) => RegistryConfig,
    () => undefined,
  );
  if (config?.IndexConfigs[registry]?.Secure === false) return true;
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
