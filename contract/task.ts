import * as z from 'zod';
import { BuildInputs, type BuildProgress } from './build.ts';
import type { Failure } from './failure.ts';
import { Grant } from './file.ts';
import { ImageId } from './image.ts';
import { Reference } from './reference-schema.ts';
import { CopySource, CopyTarget, type LayerTransfer, Platform, type PushedName, PushTarget } from './transfer.ts';

/** Everything the app can be asked to do that takes time or can fail. */
export const TaskRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('build'), folder: Grant, ...BuildInputs.shape }),
  z.object({ kind: z.literal('pull'), reference: Reference, platform: Platform.optional() }),
  z.object({ kind: z.literal('push'), references: z.array(Reference).min(1).max(1000), to: PushTarget }),
  z.object({ kind: z.literal('copy'), from: CopySource, to: CopyTarget }),
  z.object({
    kind: z.literal('save'),
    references: z
      .array(z.union([Reference, ImageId]))
      .min(1)
      .max(10_000),
    target: Grant,
    /** Writes the file's SHA-256 into a second file beside it. */
    checksum: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('load'), archive: Grant, keptBack: z.array(z.string().min(1).max(400)).max(1000).optional() }),
  z.object({
    kind: z.literal('import'),
    archive: Grant,
    reference: Reference,
    /** What a container of the image runs, as typed; none where empty. */
    command: z.string().max(2000).optional(),
  }),
  z.object({ kind: z.literal('tag'), image: ImageId, reference: Reference }),
  z.object({ kind: z.literal('untag'), reference: Reference }),
  z.object({ kind: z.literal('remove'), images: z.array(ImageId).min(1).max(10_000) }),
  z.object({ kind: z.literal('start-registry') }),
  z.object({ kind: z.literal('stop-registry') }),
]);
export type TaskRequest = z.infer<typeof TaskRequest>;
export type TaskKind = TaskRequest['kind'];

export type TaskState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** How far an operation is. The fraction never falls and never passes 1; without it the end is not known. */
export type Progress = {
  phase: TaskPhase;
  fraction?: number;
  bytes?: { done: number; total?: number; estimated?: boolean };
  layers?: LayerTransfer[];
  build?: BuildProgress;
};

export type TaskPhase =
  | 'starting'
  | 'engine-prepares'
  | 'comparing'
  | 'downloading'
  | 'unpacking'
  | 'uploading'
  | 'copying'
  | 'writing'
  | 'sending'
  | 'building'
  | 'removing'
  | 'finishing';

/** Measured by the runner from the reports, over the last seconds. */
export type Pace = { bytesPerSecond: number; secondsLeft?: number };

export type TaskResult =
  | { kind: 'build'; imageId: string; references: string[]; cachedSteps: number; steps: number }
  | { kind: 'pull'; reference: string; digest?: string; alreadyUpToDate: boolean }
  | { kind: 'push'; pushed: PushedName[]; sentLayers: number; sentBytes: number; presentLayers: number }
  /** Into a registry: `reference` and `digest`. Into a file: `path` and `bytes`. */
  | {
      kind: 'copy';
      reference?: string;
      path?: string;
      bytes?: number;
      digest: string;
      sentLayers: number;
      sentBytes: number;
      presentLayers: number;
    }
  /** `sha256` in hexadecimal digits, where it was asked for. */
  | { kind: 'save'; name: string; path: string; bytes: number; sha256?: string }
  /** `keptBack` are names of the file that were not given; `differences` are there only where it came otherwise than it was shown. */
  | { kind: 'load'; loaded: string[]; keptBack: string[]; differences?: LoadDifferences }
  | { kind: 'import'; imageId: string; reference: string }
  | { kind: 'tag' | 'untag'; reference: string }
  | { kind: 'remove'; untagged: string[]; deletedLayers: number }
  | { kind: 'start-registry'; address: string }
  | { kind: 'stop-registry' };

/** How what an engine made of a file differs from what the file was shown to hold; names or ids. */
export type LoadDifferences = {
  /** Came without having been shown. */
  more: string[];
  /** Were shown, and did not come. */
  missing: string[];
  /** Stand for another image than the one that was shown. */
  other: string[];
};

export type Task = {
  id: string;
  kind: TaskKind;
  /** "Build hello-web:1.4.3". */
  title: string;
  request: TaskRequest;
  state: TaskState;
  /** Milliseconds since 1970. */
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
  progress: Progress;
  pace?: Pace;
  result?: TaskResult;
  failure?: Failure;
  /** How many lines the log has had; the oldest of a long log are gone. */
  logLines: number;
};

export type LogLine = {
  /** From 1, without gaps. */
  number: number;
  text: string;
  /** The build step that printed it. */
  step?: string;
  isError?: boolean;
};
