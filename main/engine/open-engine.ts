import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Docker from 'dockerode';
import type { EngineFacts } from '../../contract/engine.ts';
import type { Endpoint } from './candidates.ts';
import { FailureError } from './failure.ts';
import { requestJson } from './request.ts';

/** An engine that has answered. */
export type Engine = EngineFacts & { docker: Docker };

type Version = { Version: string; ApiVersion: string; Os: string; Arch: string; Components?: { Name: string }[] };

/** Milliseconds an engine may take for its first answer. */
const answerWithin = 3000;

/** Connects and asks who is there. Rejects with the system's or the engine's error. */
export async function openEngine(endpoint: Endpoint): Promise<Engine> {
  const docker = new Docker(await connectionOptions(endpoint));
  const signal = AbortSignal.timeout(answerWithin);
  const version = await requestJson<Version>(docker, { method: 'GET', path: '/version', signal });
  const product = version.Components?.some(({ Name }) => /podman/i.test(Name)) ? 'Podman' : 'Docker';
  return {
    docker,
    candidate: { id: endpoint.id, label: endpoint.label, address: withoutCredentials(endpoint.address) },
    product,
    version: version.Version,
    apiVersion: version.ApiVersion,
    platform: `${version.Os}/${version.Arch}`,
    // Podman answers 404 to BuildKit builds; Docker has had them on Linux since API 1.39 (18.09).
    builder: product === 'Docker' && version.Os === 'linux' && isAtLeast(version.ApiVersion, 1, 39) ? 'buildkit' : 'classic',
  };
}

function isAtLeast(apiVersion: string, major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = apiVersion.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

async function connectionOptions({ address, tlsFolder }: Endpoint): Promise<Docker.DockerOptions> {
  const [, scheme, rest = ''] = /^([a-z]+):\/\/(.*)$/.exec(address) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') return { socketPath: rest };
  if (scheme === 'tcp' || scheme === 'http' || scheme === 'https') {
    const { hostname, port } = new URL(`http://${rest}`);
    const tls = tlsFolder ? await readTls(tlsFolder) : {};
    const protocol = scheme === 'https' || 'ca' in tls ? 'https' : 'http';
    // an address of IPv6 stands in brackets in a URL alone
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https' ? 2376 : 2375), protocol, ...tls };
  }
  throw new FailureError({
    kind: 'invalid-input',
    title: 'Layerdeck cannot connect to this kind of address yet',
    detail: `The engine’s address begins with “${scheme ?? address}”. Layerdeck understands unix, npipe, tcp and https.`,
    hint: 'Choose another docker context, or start an engine on this computer.',
  });
}

async function readTls(folder: string): Promise<{ ca?: Buffer; cert?: Buffer; key?: Buffer }> {
  const read = (name: string) => readFile(join(folder, name)).catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

const withoutCredentials = (address: string): string => address.replace(/\/\/[^/@]*@/, '//');
