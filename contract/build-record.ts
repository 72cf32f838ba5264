import type { Builder } from './engine.ts';
import type { Task, TaskState } from './task.ts';

/** One line of the history of builds. */
export type BuildSummary = {
  /** The task's id, also after a restart. */
  id: string;
  references: string[];
  folder: { name: string /** Only to be shown. */; path: string };
  dockerfile: string;
  /** The stage it stopped after; absent for the last one. */
  target?: string;
  state: TaskState;
  /** What it is doing, or why it failed, in one line. */
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

/** A build as it is kept: its task as it ended, and what it was made from. */
export type BuildRecord = {
  task: Task;
  folder: { name: string; path: string };
  /** Arguments whose values were not kept, as they sound like secrets: they have to be given again. */
  withheldArgs: string[];
  /** What its steps left in the image, of those of which it is known. */
  sizes: StepSize[];
  /** Whether the whole log is still on disk. */
  hasLog: boolean;
};

/** Two builds side by side, the earlier one first. */
export type BuildPair = {
  records: [before: BuildRecord, after: BuildRecord];
  /** Ids of steps that come from the same place of the two Dockerfiles, whatever is written there. */
  samePlaces: SamePlace[];
};

export type SamePlace = [before: string, after: string];

/** The bytes of the layer that a step of a build made, by the step's id. */
export type StepSize = { step: string; bytes: number };

/** A step of an image: with its layer, without one (`hasLayer` is false), or where that is not known, with neither said. */
export type BuiltLayer = {
  diffId?: string;
  hasLayer?: boolean;
  createdBy: string;
  size: number;
  /** Whether BuildKit made it, which notes that; absent in builds that were kept before this was written down. */
  isByBuildKit?: boolean;
};
