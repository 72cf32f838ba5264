import type Docker from 'dockerode';
import type { OtherRegistry } from '../../../contract/registry.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import { startContainer, stopContainer } from '../../foundation/engine/containers/container-life.ts';
import { containerAt, firstFreePort, isFree } from '../../foundation/engine/containers/free-port.ts';
import { isFar } from '../../foundation/engine/is-far.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { createNamed, orRemove } from './create-registry.ts';
import { inspectCaches } from './inspect-registries.ts';
import { makeVolume, readKept } from './own-volume.ts';
import { cacheLabel } from './recognise-registry.ts';
import { cacheEnded, EndedAtOnce, isFarAway, noPortFree, notThere, portTaken } from './registry-failures.ts';
import { inside } from './registry-login.ts';
import { cachePorts } from './registry-ports.ts';
import { waitForContainer } from './wait-until-ready.ts';

/** Seconds that a cache has to finish what it does. */
const patience = 5;

export type CacheOrder = {
  /** `docker.io`, `http://registry.example:5000`. */
  remote: string;
  getImage: () => Promise<string>;
};

/** Starts the cache of a registry, or makes one, and resolves when it answers. It keeps its port, and answers on this computer only. */
export async function startCache(
  engine: Engine,
  { signal, report, log }: OperationContext,
  { remote, getImage }: CacheOrder,
): Promise<TaskResult & { kind: 'start-cache' }> {
  if (await isFar(engine)) throw isFarAway();
  const url = urlOf(remote);
  const before = (await inspectCaches(engine)).find(({ cacheOf }) => cacheOf === url.host);
  report({ phase: 'starting' });
  if (before?.port !== undefined) await startAgain(engine, before, before.port);
  const { containerId, port } = before?.port !== undefined ? { ...before, port: before.port } : await make(engine, url, await getImage());
  const address = `localhost:${port}`;
  try {
    await waitForContainer(engine, containerId, address, { signal });
  } catch (error) {
    if (!(error instanceof EndedAtOnce)) throw error;
    // it would be started over and over
    await engine.docker
      .getContainer(containerId)
      .stop({ t: 1 })
      .catch(() => {});
    throw cacheEnded(url.host, error.failure.cause);
  }
  log(`Started a cache of ${url.href} at ${address}`);
  return { kind: 'start-cache', address, remote: url.host };
}

/** Stops a cache that Layerdeck made, and keeps what is in it. */
export async function stopCache(engine: Engine, containerId: string): Promise<TaskResult & { kind: 'stop-cache' }> {
  const { name } = await find(engine, containerId);
  await stopContainer(engine.docker.getContainer(containerId), patience);
  return { kind: 'stop-cache', name };
}

/** Removes a cache that Layerdeck made, with all that it keeps: it can be got again. */
export async function removeCache(engine: Engine, containerId: string): Promise<TaskResult & { kind: 'remove-cache' }> {
  const { name, storage } = await find(engine, containerId);
  await engine.docker.getContainer(containerId).remove({ force: true });
  if (storage.kind === 'volume') await engine.docker.getVolume(storage.name).remove();
  return { kind: 'remove-cache', name };
}

/** Where a registry answers; Docker Hub by the name that isn't its own. */
export function urlOf(remote: string): URL {
  const url = new URL(/^https?:/.test(remote) ? remote : `https://${remote}`);
  if (url.hostname === 'docker.io' || url.hostname === 'index.docker.io') url.hostname = 'registry-1.docker.io';
  return url;
}

async function find(engine: Engine, containerId: string): Promise<OtherRegistry> {
  const found = (await inspectCaches(engine)).find((one) => one.containerId === containerId);
  if (!found) throw notThere();
  return found;
}

async function startAgain(engine: Engine, { containerId, isRunning }: OtherRegistry, port: number): Promise<void> {
  if (isRunning) return;
  if (!(await isFree(port))) throw portTaken(port, await containerAt(engine, port));
  await startContainer(engine.docker.getContainer(containerId));
}

async function make(engine: Engine, url: URL, image: string): Promise<{ containerId: string; port: number }> {
  const name = `layerdeck-cache-${url.host.replace(/[^a-zA-Z0-9_.-]/g, '-')}`;
  const kept = await readKept(engine, name);
  if (kept?.port !== undefined && !(await isFree(kept.port))) throw portTaken(kept.port, await containerAt(engine, kept.port));
  const taken = new Set<number>();
  for (;;) {
    const port = kept?.port ?? (await firstFreePort(cachePorts, taken));
    if (port === undefined) throw noPortFree(cachePorts);
    const container = await create(engine, name, { url, image, port });
    try {
      await orRemove(container, container.start());
      return { containerId: container.id, port };
    } catch (error) {
      if (kept?.port !== undefined || toFailure(error).kind !== 'port-taken') throw error;
      taken.add(port);
    }
  }
}

type NewCache = { url: URL; image: string; port: number };

async function create({ docker }: Engine, name: string, { url, image, port }: NewCache): Promise<Docker.Container> {
  await makeVolume(docker, port, name);
  const options = (further: string[]): Docker.ContainerCreateOptions => ({
    Image: image,
    Labels: { [cacheLabel]: url.host },
    Env: [`REGISTRY_PROXY_REMOTEURL=${url.origin}`, ...further],
    ExposedPorts: { '5000/tcp': {} },
    HostConfig: {
      PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] },
      Mounts: [{ Type: 'volume', Source: name, Target: inside }],
      RestartPolicy: { Name: 'unless-stopped' },
    },
  });
  const container = await createNamed(docker, name, options([]));
  // one that stays half made could be started later, and would be open to the network
  const { HostConfig } = await orRemove(container, inspectContainer({ docker }, container.id));
  if (HostConfig.NetworkMode !== 'host') return container;
  await container.remove({ force: true });
  return createNamed(docker, name, options([`REGISTRY_HTTP_ADDR=127.0.0.1:${port}`]));
}
