import { basename } from 'node:path';
import { saveImages } from '../features/load-save/save-images.ts';
import type { Prepare } from './operation-parts.ts';

/** Saves images to a file. */
export const prepareSave: Prepare<'save'> = ({ references, target, checksum = false }, { engine, grants, partials, inUse }) => {
  const path = grants.pathOf(target, 'write');
  const order = { references, target: path, checksum };
  return {
    title: `Save ${basename(path)}`,
    run: async (context) => {
      await inUse.refuse(path);
      return saveImages(engine(), order, partials, context);
    },
  };
};
