import { basename } from 'node:path';
import { loadArchive } from '../features/load-save/load-archive.ts';
import { collect } from '../features/local-registry/collect/collect.ts';
import { removeRegistry, restartRegistry, stopRegistry } from '../features/local-registry/end-registry.ts';
import { notARegistry } from '../features/local-registry/registry-failures.ts';
import { findRegistryImage, firstRegistry, pullRegistryImage } from '../features/local-registry/registry-image.ts';
import { startRegistry } from '../features/local-registry/start-registry.ts';
import { pullImage } from '../features/transfer/pull-image.ts';
import type { OperationContext } from '../foundation/progress/operation-context.ts';
import type { OperationParts, Prepare, SharedParts } from './operation-parts.ts';

/** Starts the registry on this computer, with everything that was pushed to it before. */
export const prepareStart: Prepare<'start-registry'> = ({ port, archive }, parts) => {
  const path = archive === undefined ? undefined : parts.grants.pathOf(archive, 'read');
  return {
    title: 'Start the registry on this computer',
    isQuick: true,
    run: (context) => {
      const getImage = () => (path === undefined ? imageAtHand(parts, context) : imageFromFile(path, parts, context));
      return startRegistry(parts.engine(), context, { book: parts.registryBook, getImage, port, isNewImage: path !== undefined });
    },
  };
};

export const prepareStop: Prepare<'stop-registry'> = (_, { engine, registryBook }) => ({
  title: 'Stop the registry on this computer',
  isQuick: true,
  run: () => stopRegistry(engine(), registryBook),
});

export const prepareRestart: Prepare<'restart-registry'> = (_, { engine, registryBook }) => ({
  title: 'Restart the registry on this computer',
  isQuick: true,
  run: (context) => restartRegistry(engine(), context, registryBook),
});

export const prepareRemoveRegistry: Prepare<'remove-registry'> = ({ container, withImages }, { engine, registryBook }) => ({
  title: withImages ? 'Remove the registry and its images' : 'Remove the registry',
  isQuick: true,
  run: () => removeRegistry(engine(), registryBook, { containerId: container, withImages }),
});

export const prepareCollect: Prepare<'collect-registry'> = ({ container, withUntagged }, { engine, registryBook }) => ({
  title: 'Free space in the registry',
  run: (context) => collect(engine(), context, registryBook, { containerId: container, withUntagged }),
});

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
