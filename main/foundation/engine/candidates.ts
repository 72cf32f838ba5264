import { join } from 'node:path';
import type { EngineCandidate } from '../../../contract/engine.ts';
import { currentContext, defaultContext, listContexts } from './docker-contexts.ts';

/** Everything outside the app that decides where engines may be, so that tests can provide their own. */
export type Machine = {
  platform: NodeJS.Platform;
  home: string;
  env: Record<string, string | undefined>;
  /** The numeric user id; absent on Windows. */
  uid?: number;
};

export type Endpoint = EngineCandidate & {
  /** The docker context that leads there, by its name. */
  context?: string | undefined;
  /** Folder with ca.pem, cert.pem and key.pem for a TLS endpoint. */
  tlsFolder?: string;
};

/**
 * Every place where an engine may answer: the docker contexts, then the usual sockets, each address once. If DOCKER_HOST is set, it
 * is the only one: a person who names an engine does not want another one touched.
 */
export async function findPlaces(machine: Machine): Promise<Endpoint[]> {
  const { env } = machine;
  if (env.DOCKER_HOST) {
    const tlsFolder = env.DOCKER_TLS_VERIFY ? (env.DOCKER_CERT_PATH ?? dockerFolder(machine)) : undefined;
    return [endpoint('DOCKER_HOST', env.DOCKER_HOST, tlsFolder)];
  }
  const contexts = once(await contextPlaces(machine));
  const sockets = once(usualSockets(machine));
  const contextAt = new Map(contexts.map(({ address, context }) => [address, context]));
  const usual = new Set(sockets.map(({ address }) => address));
  // a product's own context leads to the same socket, which has the better name
  const named = sockets.map((socket) => ({ ...socket, ...(contextAt.has(socket.address) && { context: contextAt.get(socket.address) }) }));
  return [...contexts.filter(({ address }) => !usual.has(address)), ...named];
}

const once = (places: Endpoint[]): Endpoint[] =>
  places.filter((one, index) => places.findIndex(({ address }) => address === one.address) === index);

/**
 * The places to try, the most preferred first: the one that was chosen, and only that; else the current docker context, then the
 * usual sockets. DOCKER_HOST counts for more than a choice.
 */
export async function findCandidates(machine: Machine, chosen?: string): Promise<Endpoint[]> {
  const places = await findPlaces(machine);
  if (machine.env.DOCKER_HOST) return places;
  if (chosen !== undefined) return places.filter(({ id }) => id === chosen);
  const current = machine.env.DOCKER_CONTEXT || (await currentContext(dockerFolder(machine)));
  const isCurrent = ({ context }: Endpoint) => context !== undefined && context === current;
  const usual = new Set(usualSockets(machine).map(({ address }) => address));
  return [...places.filter(isCurrent), ...places.filter((place) => !isCurrent(place) && usual.has(place.address))];
}

const endpoint = (label: string, address: string, tlsFolder?: string): Endpoint => ({
  id: address,
  label,
  address,
  ...(tlsFolder && { tlsFolder }),
});

/** Where docker's command keeps its configuration. */
export const dockerFolder = ({ env, home }: Machine): string => env.DOCKER_CONFIG || join(home, '.docker');

async function contextPlaces(machine: Machine): Promise<Endpoint[]> {
  const folder = dockerFolder(machine);
  const contexts = await listContexts(folder);
  return contexts.map(({ name, address, tlsFolder }) => ({
    ...endpoint(`docker context ${name}`, address, address.startsWith('tcp:') ? tlsFolder : undefined),
    context: name,
  }));
}

/** The folder for the sockets of this user’s own programs; undefined where there is none. */
export const runtimeFolder = ({ env, uid }: Machine): string | undefined =>
  env.XDG_RUNTIME_DIR ?? (uid === undefined ? undefined : `/run/user/${uid}`);

const defaultAddress = ({ platform }: Machine): string =>
  platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';

/** Whether docker's command goes there if nothing is said. */
export const isDefault = (machine: Machine, address: string): boolean => address === defaultAddress(machine);

/** The context that docker's command uses, and where it goes; without an address if that context is gone. */
export async function placeOfCommand(machine: Machine): Promise<{ context: string; address?: string }> {
  const { DOCKER_HOST, DOCKER_CONTEXT } = machine.env;
  if (DOCKER_HOST) return { context: defaultContext, address: DOCKER_HOST };
  const context = DOCKER_CONTEXT || ((await currentContext(dockerFolder(machine))) ?? defaultContext);
  if (context === defaultContext) return { context, address: defaultAddress(machine) };
  const found = (await listContexts(dockerFolder(machine))).find(({ name }) => name === context);
  return { context, ...(found && { address: found.address }) };
}

function usualSockets(machine: Machine): Endpoint[] {
  const { platform, home } = machine;
  if (platform === 'win32') {
    return [
      endpoint('Docker Desktop', 'npipe:////./pipe/docker_engine'),
      endpoint('Docker Desktop', 'npipe:////./pipe/dockerDesktopLinuxEngine'),
      endpoint('Podman', 'npipe:////./pipe/podman-machine-default'),
    ];
  }
  const runtime = runtimeFolder(machine);
  const inHome = (label: string, path: string) => endpoint(label, `unix://${join(home, path)}`);
  return [
    endpoint('Docker Engine', 'unix:///var/run/docker.sock'),
    inHome('Docker Desktop', platform === 'darwin' ? '.docker/run/docker.sock' : '.docker/desktop/docker.sock'),
    inHome('Colima', '.colima/default/docker.sock'),
    inHome('Rancher Desktop', '.rd/docker.sock'),
    inHome('OrbStack', '.orbstack/run/docker.sock'),
    ...(runtime
      ? [endpoint('Docker Engine (rootless)', `unix://${runtime}/docker.sock`), endpoint('Podman', `unix://${runtime}/podman/podman.sock`)]
      : []),
    inHome('Podman', '.local/share/containers/podman/machine/podman.sock'),
    endpoint('Podman', 'unix:///run/podman/podman.sock'),
  ];
}
