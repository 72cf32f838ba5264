import { basename } from 'node:path';
import { loadArchive } from '../features/load-save/load-archive.ts';
import { loadPartial } from '../features/load-save/suitcase/load-partial.ts';
import type { Prepare } from './operation-parts.ts';

/** Loads the images in a file into the engine. */
export const prepareLoad: Prepare<'load'> = ({ archive, keptBack, shown, isPartial = false }, parts) => {
  const { engine, grants, inUse, partials, onTheWay, stacksHere } = parts;
  const path = grants.pathOf(archive, 'read');
  const order = { path, keptBack, shown };
  return {
    title: `Load ${basename(path)}`,
    run: (context) =>
      inUse.during(path, () =>
        isPartial
          ? loadPartial(engine(), { ...order, stacksHere }, { partials, folder: onTheWay }, context)
          : loadArchive(engine(), order, context),
      ),
  };
};
