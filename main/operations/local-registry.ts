import { registryImage, startRegistry, stopRegistry } from '../features/local-registry/local-registry.ts';
import { pullImage } from '../features/transfer/pull-image.ts';
import type { Prepare } from './operation-parts.ts';

/** Starts the registry on this computer, with everything that was pushed to it before. */
export const prepareStart: Prepare<'start-registry'> = (_, { engine, access: { logins } }) => ({
  title: 'Start the registry on this computer',
  isQuick: true,
  run: (context) => startRegistry(engine(), context, () => pullImage(engine(), logins, { reference: registryImage }, context)),
});

export const prepareStop: Prepare<'stop-registry'> = (_, { engine }) => ({
  title: 'Stop the registry on this computer',
  isQuick: true,
  run: () => stopRegistry(engine()),
});
