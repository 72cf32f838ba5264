import { isAbsolute, relative, sep } from 'node:path';
import type { DockerfileChoice } from '../../../contract/build.ts';

/** How a build names a Dockerfile: by its path in the folder with `/`, or by its absolute path if it is outside. */
export function placeDockerfile(folder: string, file: string): string {
  const inner = relative(folder, file);
  const isOutside = inner === '' || inner === '..' || inner.startsWith(`..${sep}`) || isAbsolute(inner);
  return isOutside ? file : inner.split(sep).join('/');
}

/** The same for the window's choice; `pathOf` gives the path of a grant. */
export const chosenDockerfile = (folder: string, choice: DockerfileChoice, pathOf: (grant: string) => string): string =>
  choice.dockerfileFrom === undefined ? choice.dockerfile : placeDockerfile(folder, pathOf(choice.dockerfileFrom));
