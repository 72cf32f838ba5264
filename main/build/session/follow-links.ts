import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { IgnorePatterns } from '../ignore-patterns.ts';

/** Links that may follow each other before it is a circle. */
const mostLinks = 40;

/** Patterns for a path that a Dockerfile names: links on the way to it, and what they lead to inside the context. */
export async function followLinks(root: string, path: string, depth = 0): Promise<string[]> {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  for (const place of parts.keys()) {
    const way = parts.slice(0, place + 1).join('/');
    const targets = depth < mostLinks ? await targetsOf(root, way) : [];
    if (targets.length === 0) continue;
    const rest = parts.slice(place + 1);
    const behind = await Promise.all(targets.map((target) => followLinks(root, posix.join(target, ...rest), depth + 1)));
    return [way, ...behind.flat()];
  }
  return [parts.join('/')];
}

// The last part may be a pattern, which stands for every link whose name it matches.
async function targetsOf(root: string, way: string): Promise<string[]> {
  const name = posix.basename(way);
  if (!/[*?[]/.test(name)) return targetOf(root, way);
  const folder = posix.dirname(way);
  const pattern = new IgnorePatterns([name]);
  const names = await readdir(join(root, folder)).catch(() => []);
  const found = names.filter((one) => pattern.matches(one)).map((one) => targetOf(root, posix.join(folder, one)));
  return (await Promise.all(found)).flat();
}

async function targetOf(root: string, way: string): Promise<string[]> {
  const stat = await lstat(join(root, way)).catch(() => undefined);
  if (!stat?.isSymbolicLink()) return [];
  const target = await readlink(join(root, way));
  // an absolute link means the context's own top, as it will in the image
  const base = target.startsWith('/') ? '' : posix.dirname(way);
  return [posix.join('/', base, target).slice(1)];
}
