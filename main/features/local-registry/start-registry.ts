import type Docker from 'dockerode';
import type { LocalRegistry } from '../../../contract/registry.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { startContainer, stopContainer } from '../../foundation/engine/containers/container-life.ts';
import { containerAt, firstFreePort, isFree } from '../../foundation/engine/containers/free-port.ts';
import { imageExists } from '../../foundation/engine/find-image.ts';
import { isFar } from '../../foundation/engine/is-far.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { toFailure } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { checkIsNotCollected } from './collect/being-collected.ts';
import { removeCollectors } from './collect/beside-registry.ts';
import { createRegistry, orRemove } from './create-registry.ts';
import { inspectRegistry } from './inspect-registries.ts';
import type { RegistryBook } from './registry-book.ts';
import {
  checkIsFree,
  didNotStart,
  EndedAtOnce,
  isFarAway,
  keepsItsSettings,
  noPortFree,
  notThere,
  portTaken,
} from './registry-failures.ts';
import { readLogin } from './registry-login.ts';
import { usualPorts } from './registry-ports.ts';
import { keptOf, type OwnStorage } from './storage/own-storage.ts';
import { checkFolderIsThere } from './storage/registry-folder.ts';
import { placeNow, s3Now } from './storage/storage-now.ts';
import { checkNobodyWorksOn } from './storage/working-there.ts';
import type { RegistryTls } from './tls/registry-authority.ts';
import { rememberAuthority } from './tls/remember-authority.ts';
import { readTls } from './tls/tls-files.ts';
import { waitForContainer } from './wait-until-ready.ts';

export type StartOrder = {
  book: RegistryBook;
  /** Gives the image to make a container of, if there has to be a new one. */
  getImage: () => Promise<string>;
  /** Whether the person chose the image, which then takes the place of the one before. */
  isNewImage?: boolean;
  /** Who may sign in from now on, as the registry reads it; empty for everybody. The container is made anew for it. */
  loginLine?: string;
  /** Whether other computers may reach it from now on, which needs a sign-in; without it, that stays as it is. The container is made anew for it. */
  isOpen?: boolean;
  /** What it is encrypted with from now on, or `none`; without it, that stays as it is. The container is made anew for it. */
  tls?: RegistryTls | 'none' | undefined;
  /** Where it keeps its images from now on; without it, where it did. The container is made anew for it. */
  storage?: OwnStorage;
  /** The port that the person wants from now on; without it, the one that the registry had. */
  port?: number | undefined;
};

type Stopped = Extract<LocalRegistry, { state: 'stopped' }>;

/**
 * Starts the registry and resolves when it answers. One that was stopped is started again as it is, on its own port; the first one gets a
 * free loopback port, a volume for the data and a restart policy. Rejects with a failure that names what stands in the way.
 */
export async function startRegistry(
  engine: Engine,
  context: OperationContext,
  { book, getImage, port, isNewImage = false, loginLine, isOpen, tls, storage }: StartOrder,
): Promise<TaskResult & { kind: 'start-registry' }> {
  if (await isFar(engine)) throw isFarAway();
  const before = await inspectRegistry(engine, book);
  if ('containerId' in before) checkIsNotCollected(before.containerId);
  const isSameSetting = loginLine === undefined && isOpen === undefined && tls === undefined && storage === undefined;
  const isAsWanted = !isNewImage && isSameSetting && (port === undefined || ('port' in before && before.port === port));
  if (before.state === 'running' && isAsWanted) {
    return { kind: 'start-registry', address: await waitForAnswer(engine, before.containerId, book, context.signal) };
  }
  if (before.state === 'stopped' && isAsWanted && (before.port !== undefined || before.maker !== 'layerdeck'))
    return startAgain(engine, context, before, book);
  const staysOpen = isOpen ?? ('isOpen' in before && before.isOpen);
  return startAnew(engine, context, {
    book,
    getImage,
    port,
    isNewImage,
    before,
    isOpen: staysOpen,
    tls,
    ...(loginLine !== undefined && { loginLine }),
    ...(storage && { storage }),
  });
}

/** Starts a container that is there. */
async function startAgain(engine: Engine, { signal, report, log }: OperationContext, registry: Stopped, book: RegistryBook) {
  checkIsFree(registry);
  report({ phase: 'starting' });
  const { containerId, port, trouble } = registry;
  // whoever began to tidy it was killed
  await removeCollectors(engine, containerId);
  const container = engine.docker.getContainer(containerId);
  if (trouble === 'paused') await container.unpause();
  else {
    if (registry.maker === 'layerdeck') await checkStorage(engine, placeNow(registry), containerId);
    if (trouble === 'keeps-ending') await stopContainer(container, 5);
    if (port !== undefined && !(await isFree(port))) throw portTaken(port, await containerAt(engine, port));
    await startOn(engine, container, port);
  }
  const now = await waitForAnswer(engine, containerId, book, signal);
  log(`Started again at ${now}`);
  if (registry.maker === 'layerdeck') await book.keepPort(engine, port);
  return { kind: 'start-registry' as const, address: now };
}

/** Makes a new container, in place of the one before, if there is one. */
async function startAnew(
  engine: Engine,
  context: OperationContext,
  { book, getImage, port, isNewImage, isOpen = false, storage: elsewhere, before, ...given }: StartOrder & { before: LocalRegistry },
) {
  if ('maker' in before && before.maker !== 'layerdeck') throw keepsItsSettings(before.name);
  const had = before.state === 'absent' ? before.kept?.port : 'port' in before ? before.port : undefined;
  const wanted = port ?? had ?? (await book.portOn(engine));
  const place = elsewhere ?? placeNow(before);
  await checkStorage(engine, place, 'containerId' in before ? before.containerId : undefined);
  const isOwnNow = before.state === 'running' && before.port === wanted;
  if (wanted !== undefined && !isOwnNow && !(await isFree(wanted))) throw portTaken(wanted, await containerAt(engine, wanted));
  // another port doesn't mean another version
  const image = !isNewImage && 'image' in before && (await imageExists(engine, before.image)) ? before.image : await getImage();
  context.report({ phase: 'starting' });
  await removeCollectors(engine, 'containerId' in before ? before.containerId : undefined);
  const storage = place ?? ('containerId' in before ? await s3Now(engine.docker, before.containerId) : { kind: 'volume' });
  // another volume says who may sign in then, and what it is encrypted with
  const carried: Partial<Pick<StartOrder, 'tls' | 'loginLine'>> =
    elsewhere && 'containerId' in before ? await settingsOf(engine.docker.getContainer(before.containerId)) : {};
  if ('containerId' in before) await removeContainer(engine.docker, before.containerId);
  const { loginLine = carried.loginLine, tls = carried.tls } = given;
  const create = (at: number) => createRegistry(engine, { image, port: at, loginLine, isOpen, tls, storage });
  const { id, port: started } = await startOnPort(engine, context, create, wanted);
  await book.keepPort(engine, started);
  await book.keepStore(engine, keptOf(storage));
  const address = await waitForAnswer(engine, id, book, context.signal);
  context.log(`Started ${image} at ${address}`);
  return { kind: 'start-registry' as const, address };
}

type Create = (port: number) => Promise<Docker.Container>;

/** Makes and starts a container on the wanted port, or on the first usual one that is free. */
async function startOnPort(
  engine: Engine,
  context: OperationContext,
  create: Create,
  wanted: number | undefined,
): Promise<{ id: string; port: number }> {
  const taken = new Set<number>();
  for (;;) {
    context.signal.throwIfAborted();
    const port = wanted ?? (await firstFreePort(usualPorts, taken));
    if (port === undefined) throw noPortFree(usualPorts);
    const container = await create(port);
    try {
      await orRemove(container, startOn(engine, container, port));
      return { id: container.id, port };
    } catch (error) {
      // the engine may know of more than this computer's system does
      if (wanted !== undefined || toFailure(error).kind !== 'port-taken') throw error;
      context.log(`Port ${port} is taken`);
      taken.add(port);
    }
  }
}

/** Starts a container on its port. Rejects with a failure that names who has the port, if somebody else does by now. */
export async function startOn(engine: Engine, container: Docker.Container, port: number | undefined): Promise<void> {
  try {
    await startContainer(container);
  } catch (error) {
    if (port === undefined || toFailure(error).kind !== 'port-taken') throw error;
    throw portTaken(port, await containerAt(engine, port));
  }
}

/** The address at which a container that was just started answers. One of Layerdeck’s that ends at once is not started over and over. */
export async function waitForAnswer(engine: Engine, containerId: string, book: RegistryBook, signal: AbortSignal): Promise<string> {
  const now = await inspectRegistry(engine, book);
  if (!('containerId' in now) || now.containerId !== containerId) throw notThere();
  try {
    if (now.address === undefined) throw didNotStart();
    await rememberAuthority(engine, now, book);
    await waitForContainer(engine, containerId, now.address, { signal, authority: book.authorityOf(now.address) });
    return now.address;
  } catch (error) {
    if (now.maker === 'layerdeck' && error instanceof EndedAtOnce)
      await engine.docker
        .getContainer(containerId)
        .stop({ t: 1 })
        .catch(() => {});
    throw error;
  }
}

/** Throws if the registry's files aren't there, or a container that isn't the registry works on them. */
async function checkStorage(engine: Engine, storage: OwnStorage | undefined, own: string | undefined): Promise<void> {
  // of storage elsewhere, the registry itself says what is wrong
  if (!storage) return;
  if (storage.kind === 'folder') await checkFolderIsThere(storage.path);
  await checkNobodyWorksOn(engine, storage, own);
}

/** Who may sign in to a registry that is replaced, and what it is encrypted with: in a container that runs, Podman looks below the volume. */
async function settingsOf(container: Docker.Container): Promise<Pick<StartOrder, 'tls'> & { loginLine: string }> {
  await stopContainer(container, 5);
  return { loginLine: await readLogin(container), tls: (await readTls(container)) ?? 'none' };
}

const removeContainer = (docker: Docker, id: string): Promise<void> => docker.getContainer(id).remove({ force: true });
