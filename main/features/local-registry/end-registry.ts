import type { LocalRegistry } from '../../../contract/registry.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { stopContainer } from '../../foundation/engine/containers/container-life.ts';
import { nameOf } from '../../foundation/engine/containers/free-port.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { checkIsNotCollected } from './collect/being-collected.ts';
import { removeCollectors } from './collect/beside-registry.ts';
import { inspectRegistry } from './inspect-registries.ts';
import { startWith } from './made-anew.ts';
import type { RegistryBook } from './registry-book.ts';
import { checkIsFree, imagesInUse, notThere } from './registry-failures.ts';
import { waitForAnswer } from './start-registry.ts';
import type { RegistryTls } from './tls/registry-authority.ts';
import { otherUsers } from './users-of-files.ts';

/** Seconds that a registry has to finish what it does. */
const patience = 5;

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
export async function stopRegistry(engine: Engine, book: RegistryBook): Promise<TaskResult & { kind: 'stop-registry' }> {
  const now = await inspectRegistry(engine, book);
  if ('containerId' in now) {
    checkIsFree(now);
    await stopContainer(engine.docker.getContainer(now.containerId), patience);
  }
  return { kind: 'stop-registry' };
}

/** Stops it and starts it again, on its own port, or makes it anew with another certificate. Resolves when it answers. */
export async function restartRegistry(
  engine: Engine,
  { signal, report }: OperationContext,
  book: RegistryBook,
  tls?: RegistryTls,
): Promise<TaskResult & { kind: 'restart-registry' }> {
  const before = await inspectRegistry(engine, book);
  if (before.state !== 'running') throw notThere();
  checkIsFree(before);
  checkIsNotCollected(before.containerId);
  report({ phase: 'starting' });
  if (tls !== undefined) return { kind: 'restart-registry', address: await startWith(engine, book, before, { tls }) };
  await engine.docker.getContainer(before.containerId).restart({ t: patience });
  return { kind: 'restart-registry', address: await waitForAnswer(engine, before.containerId, book, signal) };
}

/** What the person saw before they agreed, and whether the images go as well. */
export type RemovalOrder = { containerId: string; withImages: boolean };

/** Removes the registry's container and, if wanted, its volume. A folder of the person's own is never removed, nor a volume that may hold more. */
export async function removeRegistry(
  engine: Engine,
  book: RegistryBook,
  { containerId, withImages }: RemovalOrder,
): Promise<TaskResult & { kind: 'remove-registry' }> {
  const now = await inspectRegistry(engine, book);
  if (!('containerId' in now) || now.containerId !== containerId) throw notThere();
  checkIsFree(now);
  checkIsNotCollected(containerId);
  const { storage } = now;
  const gone = withImages && storage.kind === 'volume' && !storage.mayHoldMore ? storage.name : undefined;
  // the engine would keep the volume, too, but only after the container is gone
  const [other] = gone === undefined ? [] : await otherUsers(engine, storage, containerId);
  if (other) throw imagesInUse(nameOf(other));
  await removeCollectors(engine, containerId);
  const container = engine.docker.getContainer(containerId);
  if (now.state === 'running') await stopContainer(container, patience);
  await container.remove({ force: true });
  if (gone !== undefined) await engine.docker.getVolume(gone).remove();
  await book.letGo(containerId);
  const hasNone = gone !== undefined || storage.kind === 'container';
  if (withImages && hasNone && now.maker === 'layerdeck') {
    await book.keepPort(engine, undefined);
    await book.forgetAuthority(engine);
  }
  return { kind: 'remove-registry', name: now.name, withImages: hasNone };
}
