import { basename } from 'node:path';
import type { Prepare } from './operation-parts.ts';

/** Saves a file or a folder of an image. */
export const prepareSaveFiles: Prepare<'save-files'> = ({ target, kind: _, ...what }, { grants, layerFiles, partials, inUse }) => {
  const path = grants.pathOf(target, 'write');
  layerFiles.originOf(what.files);
  return {
    title: `Save ${basename(path)}`,
    run: async (context) => {
      await inUse.refuse(path);
      return layerFiles.save({ ...what, target: path }, partials, context);
    },
  };
};
