import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { type RegistryError, troubleAt, unreachableOwn } from './errors/registry-error.ts';

/** The certificate of the authority, as PEM, that alone vouches for a registry on this computer; undefined for every other registry. */
export type AuthorityOf = (registry: string) => string | undefined;

/** What is known of registries on this computer. */
export type NearRegistries = {
  authorityOf: AuthorityOf;
  /** Its address on loopback if it is called by a name that leads there (`dev.docker.local:5000`); every other registry as it is. */
  localNameOf(registry: string): string;
};

export const nothingNear: NearRegistries = { authorityOf: () => undefined, localNameOf: (registry) => registry };

/** Milliseconds that a registry on this computer may take to show its certificate. */
const patience = 5000;

/** Why whoever answers at an address isn’t the registry that this authority vouches for; undefined if it is. Nothing is sent but a greeting. */
export function whyNotItself(registry: string, authority: string): Promise<RegistryError | undefined> {
  const { hostname, port } = new URL(`https://${registry}`);
  const host = hostname.replace(/^\[|\]$/g, '');
  const url = `https://${registry}/v2/`;
  return new Promise((resolve) => {
    const name = isIP(host) ? {} : { servername: host };
    const socket = connect({ host, port: Number(port || 443), ca: [authority], rejectUnauthorized: true, timeout: patience, ...name });
    const end = (found: RegistryError | undefined) => {
      resolve(found && Object.assign(found, { registry }));
      socket.destroy();
    };
    socket.once('secureConnect', () => end(undefined));
    socket.once('error', (error) => end(unreachableOwn('GET', url, error)));
    socket.once('timeout', () => end(troubleAt('GET', url, 'silent', `no answer within ${patience} ms`)));
    socket.once('close', () => end(troubleAt('GET', url, 'cut', 'it closed the connection')));
  });
}
