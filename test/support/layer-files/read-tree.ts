import { LayerReader, type ReadLayer } from '../../../main/features/layer-files/index/layer-reader.ts';
import { none } from '../../../main/features/layer-files/index/path-tree.ts';
import { ImageTree } from '../../../main/features/layer-files/stack/image-tree.ts';
import { factsOf } from '../../../main/features/layer-files/stack/same-file.ts';
import { nameOf } from '../../../main/foundation/formats/name-bytes.ts';

/** A layer, whose bytes arrive in pieces of these lengths. */
export function readLayer(bytes: Buffer, pieces: number[] = []): ReadLayer {
  const reader = new LayerReader();
  let at = 0;
  for (const length of [...pieces, bytes.length]) {
    reader.take(bytes.subarray(at, at + length));
    at += length;
  }
  return reader.end();
}

export const treeOf = (layers: Buffer[]): ImageTree => new ImageTree(layers.map((bytes) => readLayer(bytes).index));

/** A file of an image with everything that an index says about it. */
export type SeenFile = {
  kind: string;
  mode: number;
  uid: number;
  gid: number;
  modified: number;
  size: number;
  link: string;
  digest: string;
};

/** Everything in an image, by path. */
export function filesIn(tree: ImageTree): Map<string, SeenFile> {
  const found = new Map<string, SeenFile>();
  for (let place = 1; place < tree.paths.count; place++) {
    const version = tree.at(place, tree.layers.length - 1);
    if (version === none) continue;
    const { digest, text, attributes: _, ...facts } = factsOf(tree, version);
    const kind = tree.kindOf(version);
    found.set(nameOf(tree.paths.pathOf(place)), {
      ...facts,
      kind,
      link: nameOf(text),
      digest: kind === 'file' ? Buffer.from(digest).toString('hex') : '',
    });
  }
  return found;
}
