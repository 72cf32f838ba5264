import { basename } from 'node:path';
import type { z } from 'zod';
import type { LocalRegistry, NewStorage } from '../../contract/registry.ts';
import { loadArchive } from '../features/load-save/load-archive.ts';
import { removeCache, startCache, stopCache } from '../features/local-registry/cache.ts';
import { collect } from '../features/local-registry/collect/collect.ts';
import { removeRegistry, restartRegistry, stopRegistry } from '../features/local-registry/end-registry.ts';
import { inspectRegistry } from '../features/local-registry/inspect-registries.ts';
import { notARegistry } from '../features/local-registry/registry-failures.ts';
import { findRegistryImage, firstRegistry, pullRegistryImage } from '../features/local-registry/registry-image.ts';
import { startRegistry } from '../features/local-registry/start-registry.ts';
import type { OwnStorage } from '../features/local-registry/storage/own-storage.ts';
import { lookAtFolder } from '../features/local-registry/storage/registry-folder.ts';
import { storeRegistry } from '../features/local-registry/storage/store-registry.ts';
import { renewedTls } from '../features/local-registry/tls/encrypt-registry.ts';
import { pullImage } from '../features/transfer/pull-image.ts';
import type { Engine } from '../foundation/engine/open-engine.ts';
import type { OperationContext } from '../foundation/progress/operation-context.ts';
import type { OperationParts, Prepare, SharedParts } from './operation-parts.ts';

/** Starts the registry on this computer, with everything that was pushed to it before. */
export const prepareStart: Prepare<'start-registry'> = ({ port, archive }, parts) => {
  const path = archive === undefined ? undefined : parts.grants.pathOf(archive, 'read');
  return {
    title: 'Start the registry on this computer',
    isQuick: true,
    run: async (context) => {
      const getImage = () => (path === undefined ? imageAtHand(parts, context) : imageFromFile(path, parts, context));
      const before = parts.registry();
      const tls = await renewedTls(before, tlsParts(parts));
      const order = { book: parts.registryBook, getImage, port, isNewImage: path !== undefined, tls };
      const engine = parts.engine();
      const started = await startRegistry(engine, context, order).catch(async (error) => {
        // one that didn't answer may have moved, too
        await takeLoginAlong(engine, before, parts).catch(() => {});
        throw error;
      });
      await takeLoginAlong(engine, before, parts);
      return started;
    },
  };
};

/** Has it keep its images somewhere else. */
export const prepareStore: Prepare<'store-registry'> = ({ to }, parts) => {
  const path = to.kind === 'folder' ? parts.grants.pathOf(to.folder, 'write') : undefined;
  return {
    title: `Keep the registry’s images in ${to.kind === 'volume' ? 'its volume' : path === undefined ? 'S3-compatible storage' : basename(path)}`,
    sharedAs: 'store the registry',
    run: async (context) => {
      const takeAlong = to.kind === 'folder' && to.takeAlong;
      const order = {
        book: parts.registryBook,
        getImage: () => imageAtHand(parts, context),
        to: await storageFor(to, path, parts),
        takeAlong,
      };
      return storeRegistry(parts.engine(), context, order);
    },
  };
};

async function storageFor(to: z.infer<typeof NewStorage>, path: string | undefined, { s3Handed }: OperationParts): Promise<OwnStorage> {
  if (to.kind === 's3') return { kind: 's3', s3: s3Handed.take(to.s3) };
  // by the name that others know it by, whatever link leads there
  return path === undefined ? { kind: 'volume' } : { kind: 'folder', path: (await lookAtFolder(path)).path };
}

export const prepareStop: Prepare<'stop-registry'> = (_, { engine, registryBook }) => ({
  title: 'Stop the registry on this computer',
  isQuick: true,
  run: () => stopRegistry(engine(), registryBook),
});

export const prepareRestart: Prepare<'restart-registry'> = (_, parts) => ({
  title: 'Restart the registry on this computer',
  isQuick: true,
  run: async (context) => {
    const tls = await renewedTls(parts.registry(), tlsParts(parts));
    return restartRegistry(parts.engine(), context, parts.registryBook, tls);
  },
});

export const prepareStartCache: Prepare<'start-cache'> = ({ remote, login }, parts) => ({
  title: `Start a cache of ${remote}`,
  isQuick: true,
  run: async (context) => {
    const order = { remote, getImage: () => imageAtHand(parts, context) };
    return startCache(parts.engine(), context, {
      ...order,
      ...(login !== undefined && { login: parts.cacheLogins.takeFor(remote, login) }),
    });
  },
});

export const prepareStopCache: Prepare<'stop-cache'> = ({ container }, { engine }) => ({
  title: 'Stop a cache',
  isQuick: true,
  run: () => stopCache(engine(), container),
});

export const prepareRemoveCache: Prepare<'remove-cache'> = ({ container }, { engine }) => ({
  title: 'Remove a cache',
  isQuick: true,
  run: () => removeCache(engine(), container),
});

export const prepareRemoveRegistry: Prepare<'remove-registry'> = (
  { container, withImages },
  { engine, registry, registryBook, registryAuthority, access },
) => ({
  title: withImages ? 'Remove the registry and its images' : 'Remove the registry',
  isQuick: true,
  run: async () => {
    const before = registry();
    const removed = await removeRegistry(engine(), registryBook, { containerId: container, withImages });
    // whatever answers at that address from now on has no right to its password
    const isIt = 'containerId' in before && before.containerId === container;
    if (removed.withImages && isIt && before.hasLogin && before.address) await access.logins.forget(before.address);
    // nobody has to trust it any longer
    if (removed.withImages && !registryBook.hasAuthorities) await registryAuthority.forget();
    return removed;
  },
});

export const prepareCollect: Prepare<'collect-registry'> = ({ container, withUntagged }, { engine, registryBook, access }) => ({
  title: 'Free space in the registry',
  sharedAs: `collect ${container} ${withUntagged}`,
  run: (context) => collect({ engine: engine(), access, book: registryBook }, context, { containerId: container, withUntagged }),
});

const tlsParts = ({ registryBook: book, registryAuthority: authority, ownName }: OperationParts) => ({ book, authority, ownName });

/** A login is known by the address of its registry: nobody knows the password of one that has moved. */
async function takeLoginAlong(engine: Engine, before: LocalRegistry, { access: { logins }, registryBook }: OperationParts): Promise<void> {
  if (!('hasLogin' in before) || !before.hasLogin || before.address === undefined) return;
  const now = await inspectRegistry(engine, registryBook);
  if (!('address' in now) || now.address === undefined || now.address === before.address || now.maker !== before.maker) return;
  await logins.move(before.address, now.address);
}

async function imageAtHand({ engine, access: { logins } }: OperationParts, context: OperationContext): Promise<string> {
  const here = await findRegistryImage(engine());
  if (here !== undefined) return here;
  context.log('No image of a registry is here');
  return pullRegistryImage((reference) => pullImage(engine(), logins, { reference }, context), context.signal);
}

async function imageFromFile(path: string, { engine, inUse }: SharedParts, context: OperationContext): Promise<string> {
  const { loaded } = await inUse.during(path, () => loadArchive(engine(), { path }, context));
  const found = await firstRegistry(engine(), loaded);
  if (found === undefined) throw notARegistry(basename(path));
  return found;
}
