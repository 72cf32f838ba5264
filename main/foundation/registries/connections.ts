import { BlockList, isIP } from 'node:net';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { isLoopback } from '../../../contract/reference.ts';

type Options = ConstructorParameters<typeof EnvHttpProxyAgent>[0];

/** Opens connections to a host (with its port), through the system's proxy if there is one for it. */
export function connectionsTo(host: string, options: Options): Dispatcher {
  if (isLoopback(host) || isInNoProxyNetwork(host)) return new Agent(options);
  // like Go, do not tunnel to an unencrypted registry: many proxies open tunnels only to port 443
  return new EnvHttpProxyAgent({ ...options, proxyTunnel: false });
}

/** Whether NO_PROXY names a network (`10.0.0.0/8`) that contains an address, as Go programs read it; undici handles host names. */
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
