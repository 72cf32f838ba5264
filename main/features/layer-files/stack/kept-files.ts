import type { FileKind } from '../../../../contract/layer-files.ts';
import { nameOf } from '../../../foundation/formats/name-bytes.ts';
import { excessive } from '../../../foundation/formats/refused-archive.ts';
import { none } from '../index/path-tree.ts';
import type { ImageTree } from './image-tree.ts';
import { factsOf } from './same-file.ts';

/**
 * Where the bytes of a file are: in which unpacked layer, and from where on; and their SHA-256 in hexadecimal digits. With an `end`, both
 * are places in the packed layer, where the file alone can be unpacked.
 */
export type KeptBytes = { diffId: string; offset: number; size: number; digest: string; end?: number };

/** A file, or something in a folder, that is to be written somewhere else. */
export type KeptFile = {
  /** Names from the folder on, in the form of `name-bytes.ts`; empty for the folder or file itself. */
  parts: string[];
  kind: FileKind;
  mode: number;
  /** Seconds since 1970. */
  modified: number;
  /** Where a symbolic link leads. */
  link: string;
  /** Of a file that is not empty: its bytes, but for the name of the layer, whose place in the image is told. */
  bytes?: Omit<KeptBytes, 'diffId'> & { layer: number };
};

/** The most files that are saved at once. */
const mostFiles = 500_000;

/**
 * What is at a place, and in it if it is a folder, once the layers up to that one are there; a folder before what is in it. `most`: how
 * many are of interest.
 */
export function keptFiles(tree: ImageTree, place: number, layer: number, most = Number.POSITIVE_INFINITY): KeptFile[] {
  const found: KeptFile[] = [];
  const open: [number, string[]][] = [[place, []]];
  for (let next = open.pop(); next && found.length < most; next = open.pop()) {
    const [at, parts] = next;
    const version = at === 0 ? none : tree.at(at, layer);
    if (at !== 0 && version === none) continue;
    if (found.length === mostFiles) throw excessive(`the folder has more than ${mostFiles.toLocaleString('en')} files`);
    found.push({ parts, ...fileAt(tree, version) });
    for (const child of tree.paths.childrenOf(at)) open.push([child, [...parts, nameOf(tree.paths.nameOf(child))]]);
  }
  return found;
}

function fileAt(tree: ImageTree, version: number): Omit<KeptFile, 'parts'> {
  const kind = version === none ? 'folder' : tree.kindOf(version);
  const { mode, modified, size, text, digest } = factsOf(tree, version);
  const placed = version === none ? undefined : tree.fileOf(version);
  const columns = placed && tree.layers[placed.layer]?.columns;
  const offset = columns?.offsets[placed?.file ?? 0] ?? 0;
  const end = columns?.ends[placed?.file ?? 0];
  return {
    kind,
    mode,
    modified,
    link: kind === 'symlink' ? nameOf(text) : '',
    ...(kind === 'file' &&
      placed &&
      size > 0 && { bytes: { layer: placed.layer, offset, size, ...(end && { end }), digest: Buffer.from(digest).toString('hex') } }),
  };
}
