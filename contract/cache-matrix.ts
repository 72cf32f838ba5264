import type { StepCause } from './explanation.ts';

/** Images or builds one below the other, with a column for each step: where they agree and where they differ. */
export type CacheMatrix = {
  rows: MatrixRow[];
  /** The first column in which two rows that reach it certainly differ. */
  partsAt?: number;
  /** The first column that not all rows reach: one row has ended, and from here on the others only add steps. */
  endsAt?: number;
  /** The first column where it is unknown whether all agree, because the engine does not say what a step made. */
  unknownFrom?: number;
  /**
   * The first step at which the rows cannot serve as each other's cache although their layers are the same: the classic builder
   * has different digests of what they copied, or BuildKit made one and not the other. Absent where neither is known.
   */
  cacheForksAt?: number;
  /** Only for builds of the same folder, where the reason is known. */
  why?: WhyDifferent;
};

/** All that changed between two builds, listed by the steps that were built again for a reason of their own. */
export type WhyDifferent = {
  /** The titles of their rows, the earlier one first. */
  titles: [before: string, after: string];
  steps: { instruction: string; causes: StepCause[] }[];
};

export type MatrixRow = {
  /** The build's or the image's id. */
  id: string;
  title: string;
  /** The image's id; absent if the build made none. */
  image?: string;
  cells: MatrixCell[];
};

export type MatrixCell = {
  /** The instruction that made it. */
  instruction: string;
  /** The layer's diff id; absent for a step that makes no layer, and where it is unknown which layer it made. */
  layer?: string;
  /** Whether the step made a layer; absent where unknown. */
  hasLayer?: boolean;
  size?: number;
  /** Whether BuildKit made it; absent where unknown. */
  isByBuildKit?: boolean;
  /** The classic builder's digest of the files given to a COPY or ADD; its cache goes by this. */
  files?: string;
  /** Equal in all cells of a column whose chain up to here is the same; absent where unknown. */
  group?: number;
};

/**
 * Rows that cannot serve as each other's cache at a column although their layers are the same: the classic builder has different
 * digests of what they copied, or two builders made them. Each group of such rows in the column is one entry.
 */
export const forkingRows = (rows: readonly MatrixRow[], column: number): MatrixRow[][] =>
  [...Map.groupBy(rows, ({ cells }) => cells[column]?.group)].flatMap(([group, ofGroup]) =>
    group !== undefined && (isByTwo(ofGroup, column) || haveOtherFiles(ofGroup, column)) ? [ofGroup] : [],
  );

/** Whether BuildKit certainly made some of these steps and another builder made others. */
export const isByTwo = (rows: readonly MatrixRow[], column: number): boolean =>
  isMoreThanOne(rows, ({ cells }) => cells[column]?.isByBuildKit);

/** Whether the classic builder certainly copied different files for some of these steps. */
export const haveOtherFiles = (rows: readonly MatrixRow[], column: number): boolean =>
  isMoreThanOne(rows, ({ cells }) => cells[column]?.files);

const isMoreThanOne = (rows: readonly MatrixRow[], look: (row: MatrixRow) => unknown): boolean =>
  new Set(rows.map(look).filter((seen) => seen !== undefined)).size > 1;
