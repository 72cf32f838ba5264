import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import Docker from 'dockerode';
import type { ApiVersion, EngineFacts } from '../../../contract/engine.ts';
import { FailureError } from '../failures/failure.ts';
import { readEngineVersion } from './answers/engine-answers.ts';
import { chooseVersion, readVersion, tooNew, versionSegment } from './api-version.ts';
import type { Endpoint } from './candidates.ts';
import { requestStream } from './request.ts';
import type { SshWays } from './ssh/ssh-ways.ts';

/** How to reach an engine. Its TLS key never gets to the window. */
export type EngineAddress = Pick<Docker.DockerOptions, 'socketPath' | 'host' | 'port' | 'protocol' | 'ca' | 'cert' | 'key'>;

/** An engine that has answered. Every request of `docker` bears the version that is spoken with it. */
export type Engine = EngineFacts & { docker: Docker; address: EngineAddress };

/** Milliseconds that an engine may take for its first answer. */
const answerWithin = 3000;

/** How far to go to reach an engine: over SSH only with `ssh`, and asking a person only if they wait for it. */
export type Reaching = { ssh?: SshWays | undefined; mayAsk?: boolean; signal?: AbortSignal };

/** Connects, agrees on a version and asks the engine about itself. Rejects with the system's or the engine's error, or a failure. */
export async function openEngine(endpoint: Endpoint, { ssh, ...manner }: Reaching = {}): Promise<Engine> {
  if (ssh && isSsh(endpoint)) {
    return ssh.through(endpoint.address, manner, (socketPath, firstPath, signal) =>
      meetEngine(endpoint, { socketPath }, signal, { socketPath: firstPath }),
    );
  }
  return meetEngine(endpoint, await addressOf(endpoint), AbortSignal.timeout(answerWithin));
}

export const isSsh = ({ address }: { address: string }): boolean => address.startsWith('ssh://');

/** `first` is where the first question goes, if that is another place. */
async function meetEngine(endpoint: Endpoint, address: EngineAddress, signal: AbortSignal, first = address): Promise<Engine> {
  const newest = await askNewestVersion(first, signal);
  const spokenVersion = chooseVersion(newest);
  const docker = dockerAt(address, versionSegment(spokenVersion));
  const version = await askAboutItself(docker, newest, signal);
  const product = version.Components.some(({ Name }) => /podman/i.test(Name)) ? 'Podman' : 'Docker';
  return {
    docker,
    address,
    candidate: { id: endpoint.id, label: endpoint.label, address: withoutCredentials(endpoint.address) },
    product,
    version: version.Version,
    apiVersion: newest,
    spokenVersion,
    platform: `${version.Os}/${version.Arch}`,
    // Podman answers 404 to BuildKit builds; Docker supports them on Linux
    builder: product === 'Docker' && version.Os === 'linux' ? 'buildkit' : 'classic',
  };
}

// what DOCKER_HOST says is not asked for here: docker-modem would take host and protocol from it for what it isn't told
const dockerAt = (address: EngineAddress, version?: string): Docker =>
  new Docker({
    ...({ host: undefined, port: undefined, protocol: 'http' } as Docker.DockerOptions),
    ...address,
    ...(version && { version }),
  });

/** An engine that has answered, spoken with in another version than usual. */
export const speaking = ({ address }: Engine, version: ApiVersion): Docker => dockerAt(address, versionSegment(version));

/** The newest version an engine knows. This one request bears no version, as before it there is none; docker's command asks alike. */
async function askNewestVersion(address: EngineAddress, signal: AbortSignal): Promise<ApiVersion> {
  const answer = (await requestStream(dockerAt(address), { method: 'GET', path: '/_ping', signal })) as IncomingMessage;
  answer.resume();
  return readVersion([answer.headers['api-version']].flat()[0]);
}

async function askAboutItself(docker: Docker, newest: string, signal: AbortSignal): ReturnType<typeof readEngineVersion> {
  try {
    return await readEngineVersion({ docker }, signal);
  } catch (error) {
    const { statusCode, json } = error as { statusCode?: number; json?: { message?: string } };
    // nothing else can be wrong with this question, and what is asked is not newer than the engine
    throw statusCode === 400 ? tooNew(newest, json?.message ?? String(error)) : error;
  }
}

async function addressOf({ address, tlsFolder }: Endpoint): Promise<EngineAddress> {
  const [, scheme, rest = ''] = /^([a-z]+):\/\/(.*)$/.exec(address) ?? [];
  if (scheme === 'unix' || scheme === 'npipe') return { socketPath: rest };
  if (scheme === 'tcp' || scheme === 'http' || scheme === 'https') {
    const { hostname, port } = new URL(`http://${rest}`);
    const tls = tlsFolder ? await readTls(tlsFolder) : {};
    const protocol = scheme === 'https' || 'ca' in tls ? 'https' : 'http';
    // only a URL puts an IPv6 address in brackets
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https' ? 2376 : 2375), protocol, ...tls };
  }
  throw new FailureError({
    kind: 'invalid-input',
    title: 'Layerdeck can’t connect to this kind of address yet',
    detail: `The engine’s address begins with “${scheme ?? address}”. Layerdeck supports unix, npipe, tcp, https and ssh.`,
    hint: 'Choose another docker context, or start an engine on this computer.',
  });
}

async function readTls(folder: string): Promise<{ ca?: Buffer; cert?: Buffer; key?: Buffer }> {
  const read = (name: string) => readFile(join(folder, name)).catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

/** An address as it may be shown: a user is no secret, and says over SSH who one is there. */
export const withoutCredentials = (address: string): string =>
  isSsh({ address }) ? address.replace(/\/\/[^/@]*:[^/@]*@/, '//') : address.replace(/\/\/[^/@]*@/, '//');
