import { createServer } from 'node:net';
import type Docker from 'dockerode';
import type { LocalRegistry } from '../../../contract/registry.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { inspectContainer, readContainerList } from '../../foundation/engine/answers/container-answers.ts';
import { imageExists } from '../../foundation/engine/find-image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError, toFailure } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { didNotStart, waitUntilReady } from './wait-until-ready.ts';

const containerName = 'layerdeck-registry';
const label = 'app.layerdeck.registry';
/** The volume that keeps its images. */
export const volume = 'layerdeck-registry';
export const registryImage = 'registry:2';
/** People expect 5000, but on macOS it is often taken. */
const ports = [5000, 5001, 5002, 5003, 5004, 5005, 5050, 5051];

/** The state of the registry on this computer. */
export async function inspectRegistry(engine: Engine): Promise<LocalRegistry> {
  const [found] = await readContainerList(engine, { label: [label] });
  if (!found) return { state: 'absent' };
  const port = found.Ports.find(({ PrivatePort, PublicPort }) => PrivatePort === 5000 && PublicPort)?.PublicPort;
  if (found.State !== 'running' || !port) return { state: 'stopped', containerId: found.Id };
  const { State } = await inspectContainer(engine, found.Id);
  return { state: 'running', containerId: found.Id, address: `localhost:${port}`, startedAt: Date.parse(State.StartedAt) };
}

/**
 * Starts the registry and resolves when it answers. Pulls the image with `getImage` if needed, and uses a free loopback port, a
 * volume for the data and a restart policy. A stopped registry is started again with its data.
 */
export async function startRegistry(
  engine: Engine,
  context: OperationContext,
  getImage: () => Promise<unknown>,
): Promise<TaskResult & { kind: 'start-registry' }> {
  const { docker } = engine;
  const before = await inspectRegistry(engine);
  if (before.state !== 'running') {
    if (!(await imageExists(engine, registryImage))) await getImage();
    if (before.state === 'stopped') await removeContainer(docker, before.containerId); // its port may be taken by now
    context.report({ phase: 'starting' });
    await startOnFreePort(docker, context);
  }
  const now = await inspectRegistry(engine);
  if (now.state !== 'running') throw didNotStart();
  await waitUntilReady(now.address, context.signal);
  return { kind: 'start-registry', address: now.address };
}

/** The registry's address, with which names begin. Throws the failure to show if it is not running. */
export function addressOf(registry: LocalRegistry): string {
  if (registry.state === 'running') return registry.address;
  throw new FailureError({
    kind: 'registry-unreachable',
    title: 'The registry on this computer isn’t running',
    detail: 'You can only push an image to a registry that answers.',
    hint: 'Start it on the “Registry” page, then push again.',
  });
}

/** Stops the registry and keeps its images. */
export async function stopRegistry(engine: Engine): Promise<TaskResult & { kind: 'stop-registry' }> {
  const now = await inspectRegistry(engine);
  if (now.state === 'running') await engine.docker.getContainer(now.containerId).stop({ t: 5 });
  return { kind: 'stop-registry' };
}

async function startOnFreePort(docker: Docker, { signal, log }: OperationContext): Promise<void> {
  for (const port of ports) {
    signal.throwIfAborted();
    if (!(await isFree(port))) {
      log(`Port ${port} is taken`);
      continue;
    }
    const container = await createContainer(docker, configuration(port));
    try {
      await container.start();
      log(`Started on port ${port}`);
      return;
    } catch (error) {
      await removeContainer(docker, container.id);
      if (toFailure(error).kind !== 'port-taken') throw error;
    }
  }
  throw new FailureError({
    kind: 'port-taken',
    title: 'No port is free for the registry',
    detail: `Layerdeck tried these ports, and all are taken: ${ports.join(', ')}.`,
    hint: 'Stop the program that uses one of them, then try again.',
  });
}

/** Creates the container, with a number after its name if somebody else's has the name. It is found by its label. */
async function createContainer(docker: Docker, options: Docker.ContainerCreateOptions): Promise<Docker.Container> {
  for (const name of [containerName, ...[2, 3, 4, 5].map((number) => `${containerName}-${number}`)]) {
    try {
      return await docker.createContainer({ ...options, name });
    } catch (error) {
      if (!isNameTaken(error)) throw error;
    }
  }
  throw new FailureError({
    kind: 'in-use',
    title: 'Other containers have the registry’s names',
    detail: `Five containers are called ${containerName} or ${containerName}-2 to -5, and none of them belongs to Layerdeck.`,
    hint: 'Remove one that you no longer need, then try again.',
  });
}

// Podman says so with status 500
const isNameTaken = (error: unknown): boolean =>
  (error as { statusCode?: number }).statusCode === 409 || /that name is already in use/.test(String(error));

const configuration = (port: number): Docker.ContainerCreateOptions => ({
  Image: registryImage,
  Labels: { [label]: '1' },
  Env: ['REGISTRY_STORAGE_DELETE_ENABLED=true'],
  ExposedPorts: { '5000/tcp': {} },
  HostConfig: {
    // this computer only: the registry has no password
    PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] },
    Mounts: [{ Type: 'volume', Source: volume, Target: '/var/lib/registry' }],
    RestartPolicy: { Name: 'unless-stopped' },
  },
});

const removeContainer = (docker: Docker, id: string): Promise<void> => docker.getContainer(id).remove({ force: true });

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
