import { basename } from 'node:path';
import { importRootFiles } from '../features/load-save/import-root-files.ts';
import type { Prepare } from './operation-parts.ts';

/** Makes an image from a tarball of a system's files. */
export const prepareImport: Prepare<'import'> = ({ archive, reference, command }, { engine, grants, inUse }) => {
  const path = grants.pathOf(archive, 'read');
  const order = { path, reference, command };
  return { title: `Import ${basename(path)}`, run: (context) => inUse.during(path, () => importRootFiles(engine(), order, context)) };
};
