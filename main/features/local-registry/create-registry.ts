import type Docker from 'dockerode';
import { inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { makeVolume, volume } from './own-volume.ts';
import { ownLabel } from './recognise-registry.ts';
import { namesTaken } from './registry-failures.ts';
import { hasLogin, inside, keepLogin, loginSettings } from './registry-login.ts';

const containerName = 'layerdeck-registry';

type NewRegistry = {
  image: string;
  port: number;
  /** Who may sign in from now on; without it, that stays as it is. */
  loginLine?: string | undefined;
};

/** Makes the container of Layerdeck's own registry, which answers on this computer only. */
export async function createRegistry({ docker }: Engine, order: NewRegistry): Promise<Docker.Container> {
  const { image, port } = order;
  await makeVolume(docker, port);
  const container = await createNamed(docker, containerName, configuration(image, port));
  // one that stays half made could be started later, and would let everybody in
  const further = await orRemove(container, furtherSettings(docker, container, order));
  if (further.length === 0) return container;
  await container.remove({ force: true });
  return createNamed(docker, containerName, configuration(image, port, further));
}

/** What a container tells of its engine and of the volume. */
async function furtherSettings(docker: Docker, container: Docker.Container, { port, loginLine }: NewRegistry): Promise<string[]> {
  // while it doesn't run: engines differ in what they write into the volume of one that does
  if (loginLine !== undefined) await keepLogin(container, loginLine);
  const { HostConfig } = await inspectContainer({ docker }, container.id);
  return [
    // an engine whose containers are in this computer's network publishes nothing: there the registry itself listens at the port
    ...(HostConfig.NetworkMode === 'host' ? [`REGISTRY_HTTP_ADDR=127.0.0.1:${port}`] : []),
    // only a container can look into the volume
    ...((await hasLogin(container)) ? loginSettings : []),
  ];
}

/** Waits for work on a container that was just made, and removes the container if the work fails. */
export async function orRemove<T>(container: Docker.Container, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await container.remove({ force: true }).catch(() => {}); // what went wrong first is told
    throw error;
  }
}

/** Creates the container, with a number after its name if somebody else's has the name. It is found by its label. */
export async function createNamed(docker: Docker, wanted: string, options: Docker.ContainerCreateOptions): Promise<Docker.Container> {
  for (const name of [wanted, ...[2, 3, 4, 5].map((number) => `${wanted}-${number}`)]) {
    try {
      return await docker.createContainer({ ...options, name });
    } catch (error) {
      if (!isNameTaken(error)) throw error;
    }
  }
  throw namesTaken(wanted);
}

// Podman says so with status 500
const isNameTaken = (error: unknown): boolean =>
  (error as { statusCode?: number }).statusCode === 409 || /that name is already in use/.test(String(error));

const configuration = (image: string, port: number, environment: string[] = []): Docker.ContainerCreateOptions => ({
  Image: image,
  Labels: { [ownLabel]: '1' },
  Env: ['REGISTRY_STORAGE_DELETE_ENABLED=true', ...environment],
  ExposedPorts: { '5000/tcp': {} },
  HostConfig: {
    // this computer only: the connection is not encrypted, and there may be no password
    PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] },
    Mounts: [{ Type: 'volume', Source: volume, Target: inside }],
    RestartPolicy: { Name: 'unless-stopped' },
  },
});
