import { basename } from 'node:path';
import { backUp } from '../features/copy/backup/back-up.ts';
import { restore } from '../features/copy/backup/restore.ts';
import { checkTarget } from '../foundation/files/check-target.ts';
import type { Prepare } from './operation-parts.ts';

/** Backs up repositories of a registry into a file. */
export const prepareBackUp: Prepare<'back-up-registry'> = ({ target, ...order }, { access, grants, inUse }) => {
  const path = grants.pathOf(target, 'write');
  return {
    title: `Back up ${order.registry} to ${basename(path)}`,
    // two that write the same file would write into each other
    sharedAs: `back up ${path}`,
    run: async (context) => {
      await inUse.refuse(path);
      await checkTarget(path);
      return { kind: 'back-up-registry', ...(await backUp({ ...order, target: path }, access, context)) };
    },
  };
};

/** Puts a backup into a registry. */
export const prepareRestore: Prepare<'restore-registry'> = ({ archive, ...order }, { access, grants, inUse }) => {
  const path = grants.pathOf(archive, 'read');
  return {
    title: `Restore ${basename(path)} to ${order.registry}`,
    run: (context) =>
      inUse.during(path, async () => ({ kind: 'restore-registry', ...(await restore({ ...order, path }, access, context)) })),
  };
};
