import { basename, dirname } from 'node:path';
import type { GrantedPath } from '../../contract/file.ts';
import { isComposeName } from '../features/projects/compose/compose-files.ts';
import { isDockerfileName, mayBeSource } from '../foundation/dockerfile/dockerfile-name.ts';
import { toFailure } from '../foundation/failures/failure.ts';
import type { Grants } from '../foundation/files/grants.ts';
import { recognise } from '../foundation/image-archive/recognise.ts';

/** Grants access to paths that a person chose, and says what each of them is. */
export const grantPaths = (grants: Grants, paths: string[]): Promise<GrantedPath[]> =>
  Promise.all(paths.map(async (path) => (await grantPath(grants, path)).granted));

/** The same for dropped or opened paths. A Dockerfile stands for its folder, from which it is built, and so does a Compose file. */
export const grantOpened = (grants: Grants, paths: string[]): Promise<GrantedPath[]> =>
  Promise.all(
    paths.map(async (path): Promise<GrantedPath> => {
      const { granted, isDockerfile } = await grantPath(grants, path);
      if (granted.kind === 'other' && isComposeName(basename(path))) return { ...named(grants, dirname(path)), size: 0, kind: 'folder' };
      if (!isDockerfile) return granted;
      const folder = dirname(path);
      return { ...named(grants, folder), size: 0, kind: 'folder', dockerfile: granted.grant };
    }),
  );

async function grantPath(grants: Grants, path: string): Promise<{ granted: GrantedPath; isDockerfile: boolean }> {
  const common = named(grants, path);
  try {
    const what = await recognise(path);
    if (what.kind !== 'other') return { granted: { ...common, ...what }, isDockerfile: false };
    const { looksLikeDockerfile = false, ...other } = what;
    // judged by its content, or by its name if the content does not decide
    const isCalledSo = isDockerfileName(basename(path)) && !mayBeSource(path);
    return { granted: { ...common, ...other }, isDockerfile: looksLikeDockerfile || isCalledSo };
  } catch (error) {
    const { title, detail } = toFailure(error);
    return { granted: { ...common, size: 0, kind: 'other', reason: `${title}. ${detail}` }, isDockerfile: false };
  }
}

const named = (grants: Grants, path: string) => ({ name: basename(path), path, grant: grants.grant(path, 'read') });
