import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is a folder itself or in it; both without links. */
export function isWithin(folder: string, path: string): boolean {
  const inner = relative(folder, path);
  return inner !== '..' && !inner.startsWith(`..${sep}`) && !isAbsolute(inner);
}
