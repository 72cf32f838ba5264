import type Docker from 'dockerode';
import type { OtherRegistry } from '../../../contract/registry.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { inspectContainer } from '../../foundation/engine/answers/container-answers.ts';
import { startContainer, stopContainer } from '../../foundation/engine/containers/container-life.ts';
import { containerAt, firstFreePort, isFree } from '../../foundation/engine/containers/free-port.ts';
import { imageExists } from '../../foundation/engine/find-image.ts';
import { isFar } from '../../foundation/engine/is-far.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { type CacheLogin, checkProgram, keepCacheLogin } from './cache-login.ts';
import { createNamed, orRemove } from './create-registry.ts';
import { inspectCaches } from './inspect-registries.ts';
import { makeVolume, readKept } from './own-volume.ts';
import { cacheLabel, cacheUserLabel } from './recognise-registry.ts';
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
  /** With what it signs in there from now on, which was checked; without it, that stays as it is. */
  login?: CacheLogin | undefined;
};

/** Starts the cache of a registry, or makes one, and resolves when it answers. It keeps its port, and answers on this computer only. */
export async function startCache(
  engine: Engine,
  { signal, report, log }: OperationContext,
  { remote, getImage, login }: CacheOrder,
): Promise<TaskResult & { kind: 'start-cache' }> {
  if (await isFar(engine)) throw isFarAway();
  const url = urlOf(remote);
  const before = (await inspectCaches(engine)).find(({ cacheOf }) => cacheOf === url.host);
  report({ phase: 'starting' });
  // one that runs tells before it is touched whether its program can use the sign-in
  if (login && before?.isRunning && before.address) {
    await checkProgram(engine, { containerId: before.containerId, address: before.address }, login, url.host);
  }
  const isAsWanted = !login && before?.remote === url.origin;
  const again = before?.port !== undefined && isAsWanted ? { ...before, port: before.port } : undefined;
  if (again) await startAgain(engine, again, again.port);
  const { containerId, port } = again ?? (await make(engine, { url, image: await imageFor(engine, before, getImage), login, before }));
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
  if (login)
    await checkProgram(engine, { containerId, address }, login, url.host).catch(async (error) => {
      // one that only seems to work; what was there before comes back as it was, but for running
      await engine.docker.getContainer(containerId).remove({ force: true });
      if (before)
        await stopCache(engine, (await make(engine, { url, image: before.image, login: undefined, before: undefined })).containerId);
      throw error;
    });
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

/** Another sign-in doesn't mean another version. */
const imageFor = async (engine: Engine, before: OtherRegistry | undefined, getImage: () => Promise<string>): Promise<string> =>
  before && (await imageExists(engine, before.image)) ? before.image : getImage();

type Wanted = { url: URL; image: string; login: CacheLogin | undefined; before: OtherRegistry | undefined };

async function make(engine: Engine, { url, image, login, before }: Wanted): Promise<{ containerId: string; port: number }> {
  const name = `layerdeck-cache-${url.host.replace(/[^a-zA-Z0-9_.-]/g, '-')}`;
  const kept = before?.port ?? (await readKept(engine, name))?.port;
  const isOwnNow = before?.isRunning === true && before.port === kept;
  if (kept !== undefined && !isOwnNow && !(await isFree(kept))) throw portTaken(kept, await containerAt(engine, kept));
  // what it keeps stays
  if (before) await engine.docker.getContainer(before.containerId).remove({ force: true });
  const taken = new Set<number>();
  for (;;) {
    const port = kept ?? (await firstFreePort(cachePorts, taken));
    if (port === undefined) throw noPortFree(cachePorts);
    const container = await create(engine, name, { url, image, port, login });
    try {
      await orRemove(container, container.start());
      return { containerId: container.id, port };
    } catch (error) {
      if (kept !== undefined || toFailure(error).kind !== 'port-taken') throw error;
      taken.add(port);
    }
  }
}

type NewCache = { url: URL; image: string; port: number; login: CacheLogin | undefined };

async function create(engine: Engine, name: string, { url, image, port, login }: NewCache): Promise<Docker.Container> {
  const { docker } = engine;
  await makeVolume(docker, port, name);
  const options = (further: string[]): Docker.ContainerCreateOptions => ({
    Image: image,
    Labels: { [cacheLabel]: url.host, ...(login && { [cacheUserLabel]: login.username }) },
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
  const isInHost = HostConfig.NetworkMode === 'host';
  if (isInHost) await container.remove({ force: true });
  const made = isInHost ? await createNamed(docker, name, options([`REGISTRY_HTTP_ADDR=127.0.0.1:${port}`])) : container;
  if (login) await orRemove(made, keepCacheLogin(engine, made, login));
  return made;
}
