import type { StepCause } from './explanation.ts';

/** Images or builds one under the other, a column a step: where they agree and where they part. */
export type CacheMatrix = {
  rows: MatrixRow[];
  /** The first column in which two rows that both go so far surely differ. */
  partsAt?: number;
  /** The first column that not all rows reach: one of them ends there, and what comes is only what others add. */
  endsAt?: number;
  /** The first column of which it is not known whether all agree: the engine does not say what a step made. */
  unknownFrom?: number;
  /**
   * The first step for which the rows are no cache of each other although their layers are the same: the classic builder has
   * other digests of what they copied, or one was made by BuildKit and one was not. Absent where neither is known.
   */
  cacheForksAt?: number;
  /** Only for builds of one folder, where it could be told. */
  why?: WhyDifferent;
};

/** All that changed between two builds, by the steps that were built again for a reason of their own. */
export type WhyDifferent = {
  /** What their rows are called, the earlier one first. */
  titles: [before: string, after: string];
  steps: { instruction: string; causes: StepCause[] }[];
};

export type MatrixRow = {
  /** The build's or the image's id. */
  id: string;
  title: string;
  /** The image's id; absent where the build made none. */
  image?: string;
  cells: MatrixCell[];
};

export type MatrixCell = {
  /** The instruction that made it. */
  instruction: string;
  /** The layer's diff id; absent for a step that makes none, and where it is not known which it is. */
  layer?: string;
  /** Whether the step made a layer; absent where it is not known. */
  hasLayer?: boolean;
  size?: number;
  /** Whether BuildKit made it; absent where that is not known. */
  isByBuildKit?: boolean;
  /** The classic builder's digest of what a COPY or ADD was given, which its cache goes by. */
  files?: string;
  /** Equal in all cells of a column whose chain up to here is the same; absent where that is not known. */
  group?: number;
};

/**
 * Rows that are no cache of each other at a column although their layers are the same: the classic builder has other digests of what
 * they copied, or two builders made them. Where two such places are under each other, each has an entry of its own.
 */
export const forkingRows = (rows: readonly MatrixRow[], column: number): MatrixRow[][] =>
  [...Map.groupBy(rows, ({ cells }) => cells[column]?.group)].flatMap(([group, ofGroup]) =>
    group !== undefined && (isByTwo(ofGroup, column) || haveOtherFiles(ofGroup, column)) ? [ofGroup] : [],
  );

/** Whether BuildKit surely made some of these steps and another builder others. */
export const isByTwo = (rows: readonly MatrixRow[], column: number): boolean =>
  isMoreThanOne(rows, ({ cells }) => cells[column]?.isByBuildKit);

/** Whether the classic builder surely copied other files for some of these steps than for others. */
export const haveOtherFiles = (rows: readonly MatrixRow[], column: number): boolean =>
  isMoreThanOne(rows, ({ cells }) => cells[column]?.files);

const isMoreThanOne = (rows: readonly MatrixRow[], look: (row: MatrixRow) => unknown): boolean =>
  new Set(rows.map(look).filter((seen) => seen !== undefined)).size > 1;
