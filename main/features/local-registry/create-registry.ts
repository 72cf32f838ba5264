import type Docker from 'dockerode';
import { inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { makeVolume, volume } from './own-volume.ts';
import { ownLabel } from './recognise-registry.ts';
import { namesTaken } from './registry-failures.ts';

const containerName = 'layerdeck-registry';

/** Makes the container of Layerdeck's own registry, which answers on this computer only. */
export async function createRegistry({ docker }: Engine, image: string, port: number): Promise<Docker.Container> {
  await makeVolume(docker, port);
  const container = await createNamed(docker, configuration(image, port));
  const { HostConfig } = await inspectContainer({ docker }, container.id);
  if (HostConfig.NetworkMode !== 'host') return container;
  // an engine whose containers are in this computer's network publishes nothing: there the registry itself listens at the port
  await container.remove({ force: true });
  return createNamed(docker, configuration(image, port, [`REGISTRY_HTTP_ADDR=127.0.0.1:${port}`]));
}

/** Creates the container, with a number after its name if somebody else's has the name. It is found by its label. */
async function createNamed(docker: Docker, options: Docker.ContainerCreateOptions): Promise<Docker.Container> {
  for (const name of [containerName, ...[2, 3, 4, 5].map((number) => `${containerName}-${number}`)]) {
    try {
      return await docker.createContainer({ ...options, name });
    } catch (error) {
      if (!isNameTaken(error)) throw error;
    }
  }
  throw namesTaken(containerName);
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
    // this computer only: the registry has no password
    PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] },
    Mounts: [{ Type: 'volume', Source: volume, Target: '/var/lib/registry' }],
    RestartPolicy: { Name: 'unless-stopped' },
  },
});
