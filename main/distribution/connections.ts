import { BlockList, isIP } from 'node:net';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { isLoopback } from './is-loopback.ts';

type Options = ConstructorParameters<typeof EnvHttpProxyAgent>[0];

/** What opens connections to a host (with its port), through the system's proxy where one is meant for it. */
export function connectionsTo(host: string, options: Options): Dispatcher {
  if (isLoopback(host) || isInNoProxyNetwork(host)) return new Agent(options);
  // an unencrypted registry is asked for through the proxy, as Go does: many proxies open a tunnel to port 443 only
  return new EnvHttpProxyAgent({ ...options, proxyTunnel: false });
}

/** Whether NO_PROXY names a network that an address is in (`10.0.0.0/8`), as Go's programs read it; names are undici's affair. */
export function isInNoProxyNetwork(host: string, noProxy = process.env.no_proxy ?? process.env.NO_PROXY ?? ''): boolean {
  const address = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const version = isIP(address);
  if (version === 0) return false;
  const networks = new BlockList();
  for (const entry of noProxy.split(/[,\s]+/)) addNetwork(networks, entry);
  return networks.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

function addNetwork(networks: BlockList, entry: string): void {
  const [, net = '', bits = ''] = /^([\d.]+|[\da-f:]+)\/(\d{1,3})$/i.exec(entry) ?? [];
  const version = isIP(net);
  const longest = version === 6 ? 128 : 32;
  if (version !== 0 && Number(bits) <= longest) networks.addSubnet(net, Number(bits), version === 6 ? 'ipv6' : 'ipv4');
}
