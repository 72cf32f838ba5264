/**
 * Where the cache of an image parts from that of the first one, and what is certain of the cause. Of several images before it,
 * the first one is that with which it has the most steps in common.
 */
export type RowFork = { id: string; title: string; firstTitle: string } & (NoFork | Fork);

export type NoFork =
  /** Every step is the same for the cache, as far as one of the two goes. How many steps each of them has. */
  | { kind: 'none'; steps: [first: number, own: number] }
  /** From this step of the image on the engine does not say what the steps made. */
  | { kind: 'unknown'; instruction: string };

export type Fork = {
  kind: 'fork';
  /** The column, from 0. */
  step: number;
  /** What stands there in the first image and in this one. */
  instructions: [first: string, own: string];
  /** Who built the two; absent where that is not known of both. */
  isByBuildKit?: [first: boolean, own: boolean];
  /** Whether the classic builder's digests of what was copied are equal; absent where there are not two. */
  digests?: 'same' | 'different';
  layers: LayerComparison;
  /** How the copied files were packed, where a digest made anew of the layer's files proves it. */
  packed?: [first: Packed | undefined, own: Packed | undefined];
};

/** What two layers hold, compared file by file. */
export type LayerComparison =
  | { kind: 'same' }
  /** Not the same bytes; nothing that differs means the order or the form in which they are written does. */
  | { kind: 'different'; differences: LayerDifference[] }
  /** One of the two steps made no layer, or it is not known which it is. */
  | { kind: 'no-layer' }
  /** The engine has one of the images no more. */
  | { kind: 'gone' }
  | { kind: 'too-many-files' };

export type LayerAspect = 'only-first' | 'only-own' | 'kind' | 'content' | 'link' | 'mode' | 'owner' | 'attributes' | 'time';

export type LayerDifference = {
  aspect: LayerAspect;
  /** Files and folders of which it is true. */
  count: number;
  /** The first few of them. */
  examples: string[];
  /** True of folders alone. */
  isOfFolders: boolean;
  /** From what to what, where it is the same change for all: "0:0", "644". */
  change?: [first: string, own: string];
};

/** What the classic builder was sent: of the files of a layer, this is not kept. */
export type Packed = {
  uid: number;
  gid: number;
  /** Docker's command up to 23 writes the kind of a file into its mode. */
  hasKindInMode: boolean;
  /** Names begin with "./", as of `tar c .`. */
  isDotted: boolean;
  /** What was copied, as named in the folder: a file's name, or what stands before the names; '' for the whole folder. */
  source: string;
};

/** How far the reading is, then what came of it. */
export type ForkEvent = { kind: 'reading'; done: number; total: number } | { kind: 'told'; rows: RowFork[] };
