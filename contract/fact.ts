import type { BuildSummary } from './build-record.ts';
import type { EngineBeside, EngineQuestion, EngineState } from './engine.ts';
import type { GrantedPath } from './file.ts';
import type { ImageList } from './image.ts';
import type { NewerAnswer } from './origin.ts';
import type { LocalRegistry, OtherRegistry } from './registry.ts';
import type { Settings } from './settings.ts';
import type { Task } from './task.ts';
import type { Trial } from './trial.ts';

/** Everything main knows right now; the first fact a window gets. */
export type Snapshot = {
  engine: EngineState;
  /** Absent while no engine has answered. */
  images?: ImageList;
  /** In the order in which they were chosen. */
  beside: EngineBeside[];
  /** What has to be answered before engines can be reached, the oldest first. */
  questions: EngineQuestion[];
  tasks: Task[];
  /** Builds of other tools that run; nobody here can stop them. */
  others: Task[];
  /** From this session and earlier ones, the newest first; bounded. */
  builds: BuildSummary[];
  registry: LocalRegistry;
  /** What else is there that images can be pushed to. */
  otherRegistries: OtherRegistry[];
  /** Containers in which images are tried, the newest first. */
  trials: Trial[];
  settings: Settings;
  /** What registries last said of the names of images, the newest answer first; bounded. */
  newer: readonly NewerAnswer[];
  /** How often a move of a tag was seen since the start: when it grows, timelines are to be read again. */
  tagMoves: number;
};

/** What main tells the window: always the complete thing that changed, never a difference. */
export type Fact =
  | { kind: 'snapshot'; snapshot: Snapshot }
  | { kind: 'engine'; engine: EngineState }
  | { kind: 'images'; images: ImageList | undefined }
  | { kind: 'beside'; beside: EngineBeside }
  | { kind: 'beside-left'; place: string }
  | { kind: 'questions'; questions: EngineQuestion[] }
  | { kind: 'task'; task: Task }
  | { kind: 'task-dismissed'; id: string }
  | { kind: 'other-build'; task: Task }
  | { kind: 'other-build-over'; id: string }
  | { kind: 'build'; build: BuildSummary }
  | { kind: 'builds-forgotten'; ids: string[] }
  | { kind: 'registry'; registry: LocalRegistry }
  | { kind: 'other-registries'; registries: OtherRegistry[] }
  | { kind: 'trials'; trials: Trial[] }
  | { kind: 'settings'; settings: Settings }
  | { kind: 'newer'; newer: readonly NewerAnswer[] }
  | { kind: 'tags-moved'; moves: number }
  /** Files opened from the system (double click, second start) while the window is open. */
  | { kind: 'files-opened'; files: GrantedPath[] };
