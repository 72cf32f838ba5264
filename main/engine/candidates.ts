import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineCandidate } from '../../contract/engine.ts';

/** What tells where engines may be: everything read from outside, so that tests can give their own. */
export type Surroundings = {
  platform: NodeJS.Platform;
  home: string;
  env: Record<string, string | undefined>;
  /** Numeric user id; absent on Windows. */
  uid?: number;
};

export type Endpoint = EngineCandidate & {
  /** Folder with ca.pem, cert.pem and key.pem for a TLS endpoint. */
  tlsFolder?: string;
};

/**
 * Every place an engine may answer at, most wanted first: the current docker context, then the usual sockets.
 * Where DOCKER_HOST is set it is the only one: who names an engine does not want another to be touched.
 */
export async function findCandidates(surroundings: Surroundings): Promise<Endpoint[]> {
  const { env } = surroundings;
  if (env.DOCKER_HOST) {
    const tlsFolder = env.DOCKER_TLS_VERIFY ? (env.DOCKER_CERT_PATH ?? dockerFolder(surroundings)) : undefined;
    return [endpoint('DOCKER_HOST', env.DOCKER_HOST, tlsFolder)];
  }
  const all = [...(await currentContext(surroundings)), ...usualSockets(surroundings)];
  return all.filter((one, index) => all.findIndex(({ address }) => address === one.address) === index);
}

const endpoint = (label: string, address: string, tlsFolder?: string): Endpoint => ({
  id: address,
  label,
  address,
  ...(tlsFolder && { tlsFolder }),
});

const dockerFolder = ({ env, home }: Surroundings): string => env.DOCKER_CONFIG ?? join(home, '.docker');

// The CLI keeps each context in a folder named after the SHA-256 of the context's name.
async function currentContext(surroundings: Surroundings): Promise<Endpoint[]> {
  const folder = dockerFolder(surroundings);
  const config = await readJson<{ currentContext?: string }>(join(folder, 'config.json'));
  const name = surroundings.env.DOCKER_CONTEXT ?? config?.currentContext;
  if (!name || name === 'default') return [];
  const hash = createHash('sha256').update(name).digest('hex');
  const meta = await readJson<{ Endpoints?: { docker?: { Host?: string } } }>(join(folder, 'contexts', 'meta', hash, 'meta.json'));
  const address = meta?.Endpoints?.docker?.Host;
  if (!address) return [];
  const tlsFolder = join(folder, 'contexts', 'tls', hash, 'docker');
  return [endpoint(`docker context ${name}`, address, address.startsWith('tcp:') ? tlsFolder : undefined)];
}

function usualSockets({ platform, home, env, uid }: Surroundings): Endpoint[] {
  if (platform === 'win32') {
    return [
      endpoint('Docker Desktop', 'npipe:////./pipe/docker_engine'),
      endpoint('Docker Desktop', 'npipe:////./pipe/dockerDesktopLinuxEngine'),
      endpoint('Podman', 'npipe:////./pipe/podman-machine-default'),
    ];
  }
  const runtime = env.XDG_RUNTIME_DIR ?? (uid === undefined ? undefined : `/run/user/${uid}`);
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

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    // A missing or broken configuration of the CLI is no reason to find no engine at all.
    return undefined;
  }
}
