import type { PackagesKnown } from '../../../../contract/compare.ts';
import { none } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';

/** Databases that are read, and folders of such. */
const readable = [
  'var/lib/dpkg/status',
  'lib/apk/db/installed',
  'usr/lib/apk/db/installed',
  'var/lib/rpm/rpmdb.sqlite',
  'usr/lib/sysimage/rpm/rpmdb.sqlite',
];
const readableIn = 'var/lib/dpkg/status.d';
/** Forms of rpm's database that nobody here reads: Berkeley DB, and ndb. */
const unreadable = ['rpm/Packages', 'rpm/Packages.db'].flatMap((name) => [`var/lib/${name}`, `usr/lib/sysimage/${name}`]);

/**
 * Whether an image's databases say what is installed. `bodies`: by path, those that were kept; a layer that is known by its list alone kept
 * none. `isEmptyRpm`: whether rpm's database, which may have more files, tells nothing.
 */
export function packagesKnown(tree: ImageTree, bodies: ReadonlyMap<string, Buffer>, isEmptyRpm: boolean): PackagesKnown {
  const hasBytes = (place: number): boolean => {
    const version = place === none || place === 0 ? none : tree.at(place, tree.layers.length - 1);
    return version !== none && tree.kindOf(version) === 'file' && tree.sizeOf(version) > 0;
  };
  const isThere = (path: string) => hasBytes(tree.paths.findPath(Buffer.from(path)));
  const found = readable.filter(isThere);
  const folder = tree.paths.findPath(Buffer.from(readableIn));
  const inFolder = folder === none ? [] : [...tree.paths.childrenOf(folder)].filter(hasBytes);
  const keptInFolder = [...bodies.keys()].filter((path) => path.startsWith(`${readableIn}/`));
  const isLost = found.some((path) => !bodies.has(path)) || keptInFolder.length < inFolder.length;
  if (isLost || isEmptyRpm || unreadable.some(isThere)) return 'unknown';
  return found.length > 0 || inFolder.length > 0 ? 'known' : 'none';
}
