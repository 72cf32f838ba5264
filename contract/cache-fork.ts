/**
 * Where an image's cache departs from that of the first image, and what is certain about the cause. If several images come
 * before it, "the first" is the one it shares the most steps with.
 */
export type RowFork = { id: string; title: string; firstTitle: string } & (NoFork | Fork);

export type NoFork =
  /** To the cache every step is the same, up to the end of the shorter image. `steps` counts the steps of each. */
  | { kind: 'none'; steps: [first: number, own: number] }
  /** From this step on, the engine does not say what the image's steps made. */
  | { kind: 'unknown'; instruction: string };

export type Fork = {
  kind: 'fork';
  /** The column, from 0. */
  step: number;
  /** The instruction there in the first image and in this one. */
  instructions: [first: string, own: string];
  /** Which builder made the two; absent unless it is known for both. */
  isByBuildKit?: [first: boolean, own: boolean];
  /** Whether the classic builder's digests of the copied files are equal; absent unless both have one. */
  digests?: 'same' | 'different';
  layers: LayerComparison;
  /** How the copied files were packed, where a digest recomputed from the layer's files proves it. */
  packed?: [first: Packed | undefined, own: Packed | undefined];
};

/** What two layers hold, compared file by file. */
export type LayerComparison =
  | { kind: 'same' }
  /** Different bytes. If `differences` is empty, only the order or the form in which the files are written differs. */
  | { kind: 'different'; differences: LayerDifference[] }
  /** One of the two steps made no layer, or it is unknown which layer it made. */
  | { kind: 'no-layer' }
  /** The engine no longer has one of the images. */
  | { kind: 'gone' }
  | { kind: 'too-many-files' };

export type LayerAspect = 'only-first' | 'only-own' | 'kind' | 'content' | 'link' | 'mode' | 'owner' | 'attributes' | 'time';

export type LayerDifference = {
  aspect: LayerAspect;
  /** How many files and folders differ this way. */
  count: number;
  /** The first few of them. */
  examples: string[];
  /** Whether only folders differ this way. */
  isOfFolders: boolean;
  /** The values on both sides, if they are the same for all: "0:0", "644". */
  change?: [first: string, own: string];
};

/** How files were packed when they were sent to the classic builder. A layer does not keep this. */
export type Packed = {
  uid: number;
  gid: number;
  /** Docker's command up to version 23 writes a file's kind into its mode. */
  hasKindInMode: boolean;
  /** Names begin with "./", as `tar c .` writes them. */
  isDotted: boolean;
  /** What was copied, as named in the folder: a file's name or the prefix of all names; '' for the whole folder. */
  source: string;
};

/** How far reading has come, then its result. */
export type ForkEvent = { kind: 'reading'; done: number; total: number } | { kind: 'told'; rows: RowFork[] };
