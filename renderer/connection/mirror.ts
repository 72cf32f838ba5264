import { create } from 'zustand';
import type { BuildSummary } from '../../contract/build-record.ts';
import type { EngineBeside, EngineQuestion, EngineState } from '../../contract/engine.ts';
import type { ImageList } from '../../contract/image.ts';
import type { NewerAnswer } from '../../contract/origin.ts';
import type { LocalRegistry, OtherRegistry } from '../../contract/registry.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Task } from '../../contract/task.ts';
import type { Trial } from '../../contract/trial.ts';

/** What main last said. The window changes none of it: it asks main, and the answer comes back as a fact. */
export type Mirror = {
  /** False until the first snapshot. */
  arrived: boolean;
  engine: EngineState;
  images: ImageList | undefined;
  /** Engines whose images are shown as well, in the order in which they were chosen. */
  beside: EngineBeside[];
  /** What has to be answered before engines can be reached. */
  questions: EngineQuestion[];
  tasks: Task[];
  /** Builds of other tools that run; nobody here can stop them. */
  others: Task[];
  /** Of this session and earlier ones, newest first. */
  builds: BuildSummary[];
  registry: LocalRegistry;
  /** What else is there that images can be pushed to. */
  otherRegistries: OtherRegistry[];
  /** Containers in which images are tried, the newest first. */
  trials: Trial[];
  settings: Settings;
  /** What registries last said of the names of images. */
  newer: readonly NewerAnswer[];
  /** Grows whenever a tag has moved somewhere. */
  tagMoves: number;
};

export const emptyMirror: Mirror = {
  arrived: false,
  engine: { state: 'searching' },
  images: undefined,
  beside: [],
  questions: [],
  tasks: [],
  others: [],
  builds: [],
  registry: { state: 'unknown' },
  otherRegistries: [],
  trials: [],
  settings: {
    theme: 'system',
    builder: 'automatic',
    classicModes: 'automatic',
    engine: null,
    beside: [],
    imageColumns: ['notes', 'size', 'created'],
    groupsImages: false,
    tagDays: 100,
    undoBytes: 0,
  },
  newer: [],
  tagMoves: 0,
};

export const useMirror = create<Mirror>(() => emptyMirror);
