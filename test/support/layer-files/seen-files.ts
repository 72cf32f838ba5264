import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { SeenFile } from './read-tree.ts';

/** What another reader finds in a tarball, by path. */
export function listTar(path: string): Map<string, SeenFile> {
  const told = execFileSync('python3', [join(import.meta.dirname, 'list-tar.py'), path], { maxBuffer: 2 ** 29, encoding: 'utf8' });
  return new Map(Object.entries(JSON.parse(told) as Record<string, SeenFile>));
}

/** What engines put into a container besides its image. */
const ofContainer = /^(?:\.dockerenv|run\/\.containerenv|(?:dev|proc|sys)(?:\/.*)?|etc(?:\/(?:hosts|hostname|resolv\.conf|mtab))?|run)$/;

/** The same, without what an engine adds; whole seconds, as tarballs of engines have them. */
export const withoutAdded = (files: Map<string, SeenFile>): Record<string, SeenFile> =>
  Object.fromEntries(
    [...files]
      .filter(([path]) => !ofContainer.test(path))
      // nobody sees a link's own mode, and a few engines say another one
      .map(([path, file]) => [path, { ...file, modified: Math.floor(file.modified), ...(file.kind === 'symlink' && { mode: 0 }) }])
      .sort(([one], [other]) => ((one as string) < (other as string) ? -1 : 1)),
  );
