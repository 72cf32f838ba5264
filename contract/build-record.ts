import type { Builder } from './engine.ts';
import type { Task, TaskState } from './task.ts';

/** Who had an image built that Layerdeck didn’t: Compose, a tool that left no sign of itself, such as docker’s command, or whoever wrote a file. */
export type BuildOrigin = 'compose' | 'other' | 'file';

/** One line of the history of builds. */
export type BuildSummary = {
  /** The task's id, also after a restart. */
  id: string;
  references: string[];
  /** Absent for Layerdeck’s own builds. */
  origin?: BuildOrigin;
  /** Empty for a build of another tool, which does not say it. */
  folder: { name: string /** For display only. */; path: string };
  dockerfile: string;
  /** The stage it stopped after; absent for the last one. */
  target?: string;
  state: TaskState;
  /** Why it failed, in one line. */
  failure?: string;
  builder?: Builder;
  /** Milliseconds since 1970. */
  createdAt: number;
  startedAt?: number;
  seconds?: number;
  steps: number;
  cachedSteps: number;
  imageId?: string;
};

/** A build as it is stored: its task as it ended, and what it was made from. */
export type BuildRecord = {
  task: Task;
  folder: { name: string; path: string };
  /** Arguments whose values were not stored because their names sound secret; they have to be given again. */
  withheldArgs: string[];
  /** What its steps added to the image, for the steps where that is known. */
  sizes: StepSize[];
  /** Whether the whole log is still on disk. */
  hasLog: boolean;
};

/** A build that a file had a record of; one that is not new was here already. */
export type AddedBuild = { id: string; isNew: boolean };

/** Two builds side by side, the earlier one first. */
export type BuildPair = {
  records: [before: BuildRecord, after: BuildRecord];
  /** Ids of steps from the same place in the two Dockerfiles, whatever is written there. */
  samePlaces: SamePlace[];
};

export type SamePlace = [before: string, after: string];

/** The bytes of the layer that a build step made, with the step's id. */
export type StepSize = { step: string; bytes: number };

/** A step of an image: with its layer, without one (`hasLayer` is false), or with neither field where that is unknown. */
export type BuiltLayer = {
  diffId?: string;
  hasLayer?: boolean;
  createdBy: string;
  size: number;
  /** Whether BuildKit made it, which BuildKit records; absent in builds stored before Layerdeck kept this. */
  isByBuildKit?: boolean;
};
