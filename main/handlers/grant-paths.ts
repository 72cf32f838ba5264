import { basename } from 'node:path';
import type { GrantedPath } from '../../contract/file.ts';
import { recognise } from '../archive/recognise.ts';
import { toFailure } from '../engine/failure.ts';
import type { Grants } from '../files/grants.ts';

/** Grants the use of paths that a person chose, dropped or opened, and says of each what it is. */
export function grantPaths(grants: Grants, paths: string[]): Promise<GrantedPath[]> {
  return Promise.all(
    paths.map(async (path): Promise<GrantedPath> => {
      const common = { name: basename(path), path, grant: grants.grant(path, 'read') };
      try {
        return { ...common, ...(await recognise(path)) };
      } catch (error) {
        const { title, detail } = toFailure(error);
        return { ...common, size: 0, kind: 'other', reason: `${title}. ${detail}` };
      }
    }),
  );
}
