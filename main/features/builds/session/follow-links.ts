import { lstat } from 'node:fs/promises';
import { posix } from 'node:path';
import { hasWildcard, PathGlobs, partsOf } from '../../../foundation/context/path-globs.ts';
import { linkTargetOf, namesIn, placeIn } from '../../../foundation/formats/name-bytes.ts';

/** Paths to follow before giving up on links that go in circles or never end. */
const mostWays = 10_000;

/** The paths a Dockerfile names, with the links on the way to them and their targets; `''` stands for the whole folder. */
export async function followLinks(root: string, paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const ways = new Set(paths.map((path) => posix.join('/', path).slice(1)));
  for (const way of ways) {
    // better to send too much than too little
    if (ways.size > mostWays) return [''];
    const link = await firstLink(root, partsOf(way));
    found.add(link?.way ?? partsOf(way).join('/'));
    for (const behind of link?.behind ?? []) ways.add(behind);
  }
  return [...found];
}

async function firstLink(root: string, parts: string[]): Promise<{ way: string; behind: string[] } | undefined> {
  for (const place of parts.keys()) {
    const way = parts.slice(0, place + 1).join('/');
    const targets = await targetsOf(root, way);
    if (targets.length > 0) return { way, behind: targets.map((target) => posix.join(target, ...parts.slice(place + 1))) };
  }
  return undefined;
}

// the last part may be a pattern, which stands for every link whose name it matches
async function targetsOf(root: string, way: string): Promise<string[]> {
  const name = posix.basename(way);
  if (!hasWildcard(name)) return targetOf(root, way);
  const folder = posix.dirname(way);
  const glob = new PathGlobs([name]);
  const names = await namesIn(placeIn(root, folder)).catch(() => []);
  const found = names.filter((one) => glob.covers(one) === 'all').map((one) => targetOf(root, posix.join(folder, one)));
  return (await Promise.all(found)).flat();
}

async function targetOf(root: string, way: string): Promise<string[]> {
  const place = placeIn(root, way);
  const stat = await lstat(place).catch(() => undefined);
  if (!stat?.isSymbolicLink()) return [];
  const target = linkTargetOf(place);
  // an absolute link starts at the context's root, as it will in the image
  const base = target.startsWith('/') ? '' : posix.dirname(way);
  return [posix.join('/', base, target).slice(1)];
}
