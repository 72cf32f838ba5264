import { basename } from 'node:path';
import { loadArchive } from '../features/load-save/load-archive.ts';
import type { Prepare } from './operation-parts.ts';

/** Loads the images in a file into the engine. */
export const prepareLoad: Prepare<'load'> = ({ archive, keptBack, shown }, { engine, grants, inUse }) => {
  const path = grants.pathOf(archive, 'read');
  return {
    title: `Load ${basename(path)}`,
    run: (context) => inUse.during(path, () => loadArchive(engine(), { path, keptBack, shown }, context)),
  };
};
