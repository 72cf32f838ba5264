import type { PackagesKnown } from '../../../../contract/compare.ts';
import type { FilePackage } from '../../../../contract/layer-files.ts';
import { nameOf } from '../../../foundation/formats/name-bytes.ts';
import { unpackKept } from '../index/kept-bodies.ts';
import { none } from '../index/path-tree.ts';
import type { ImageTree } from '../stack/image-tree.ts';
import { factsOf } from '../stack/same-file.ts';
import { packagesKnown } from './packages-known.ts';
import { readApk } from './read-apk.ts';
import { packageOfList, readDpkgList, readDpkgStatus } from './read-dpkg.ts';
import { readRpm } from './read-rpm.ts';

export type InstalledPackage = FilePackage & { architecture?: string };

/** Which package each file of an image belongs to, as the image's own databases say on top of all layers. */
export class FilePackages {
  readonly installed: InstalledPackage[] = [];
  readonly known: PackagesKnown;
  readonly #tree: ImageTree;
  /** By place, one more than the number of a package; folders belong to the last of several. */
  readonly #packages: Uint32Array;

  constructor(tree: ImageTree) {
    this.#tree = tree;
    this.#packages = new Uint32Array(tree.paths.count);
    const bodies = databasesOf(tree);
    let isEmptyRpm = false;
    for (const [path, body] of bodies) {
      if (!path.endsWith('/rpmdb.sqlite')) continue;
      const read = readRpm(body);
      isEmptyRpm ||= read.length === 0;
      for (const one of read) this.#add(one.installed, one.files);
    }
    this.known = packagesKnown(tree, bodies, isEmptyRpm);
    const texts = new Map([...bodies].flatMap(([path, body]) => (path.endsWith('/rpmdb.sqlite') ? [] : [[path, nameOf(body)] as const])));
    for (const [path, text] of texts)
      if (/(?:^|\/)lib\/apk\/db\/installed$/.test(path)) for (const one of readApk(text)) this.#add(one.installed, one.files);
    const lists = new Map([...texts].flatMap(([path, text]) => (path.endsWith('.list') ? [[packageOfList(path), text] as const] : [])));
    for (const [path, text] of texts) {
      if (!/^var\/lib\/dpkg\/status(?:$|\.d\/)/.test(path)) continue;
      for (const installed of readDpkgStatus(text)) this.#add(installed, readDpkgList(lists.get(installed.name) ?? ''));
    }
  }

  /** Undefined if no database names the place. */
  of(place: number): FilePackage | undefined {
    const found = this.installed[(this.#packages[place] ?? 0) - 1];
    return found && { manager: found.manager, name: found.name, version: found.version };
  }

  #add(installed: InstalledPackage, files: string[]): void {
    const number = this.installed.push(installed);
    for (const path of files) {
      const place = placeBehindLinks(this.#tree, path);
      if (place !== none) this.#packages[place] = number;
    }
  }
}

/** All databases of an image, by path. */
function databasesOf(tree: ImageTree): Map<string, Buffer> {
  const bodies = new Map<string, Buffer>();
  tree.layers.forEach((index, layer) => {
    const kept = unpackKept(index.columns);
    if (kept.size === 0) return;
    for (let node = 1; node < index.count; node++) {
      const body = kept.get(index.columns.files[node] ?? none);
      const version = body ? tree.versionOfNode(layer, node) : none;
      if (!body || version === none) continue;
      const place = tree.placeOf(version);
      if (tree.at(place, tree.layers.length - 1) === version) bodies.set(nameOf(tree.paths.pathOf(place)), body);
    }
  });
  return bodies;
}

/** Systems have `/bin` as a link to `/usr/bin`, and packages still name their files by it. */
function placeBehindLinks(tree: ImageTree, path: string): number {
  const plain = Buffer.from(path.slice(1));
  const slash = plain.indexOf(0x2f);
  if (slash > 0) {
    const top = tree.paths.find(0, plain, 0, slash);
    const version = top === none ? none : tree.at(top, tree.layers.length - 1);
    if (version !== none && tree.kindOf(version) === 'symlink') {
      const target = Buffer.from(factsOf(tree, version).text);
      return tree.paths.findPath(Buffer.concat([target[0] === 0x2f ? target.subarray(1) : target, plain.subarray(slash)]));
    }
  }
  return tree.paths.findPath(plain);
}
