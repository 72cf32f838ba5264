import { isAbsolute, relative, sep } from 'node:path';

/** How a build names a Dockerfile: by its path in the folder with `/`, or by its whole path where it lies outside of it. */
export function placeDockerfile(folder: string, file: string): string {
  const inner = relative(folder, file);
  const isOutside = inner === '' || inner === '..' || inner.startsWith(`..${sep}`) || isAbsolute(inner);
  return isOutside ? file : inner.split(sep).join('/');
}
