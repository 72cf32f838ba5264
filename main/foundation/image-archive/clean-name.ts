import { posix } from 'node:path';

/** A name as the engine unpacks it: without `./` and leading and trailing slashes; undefined if it leads out of the tarball. */
export function cleanName(name: string): string | undefined {
  // most names are clean, and there may be millions of them
  const clean = /(?:^|\/)\.{0,2}(?:\/|$)/.test(name) ? posix.normalize(name.replace(/^\/+/, '')).replace(/\/$/, '') : name;
  if (clean === '..' || clean.startsWith('../')) return undefined;
  return clean === '.' ? '' : clean;
}
