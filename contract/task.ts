import * as z from 'zod';
import { BuildInputs, type BuildProgress } from './build.ts';
import { CleanUpChoice, type CleanUpResult } from './disk.ts';
import { PlaceId, StarterId } from './engine.ts';
import type { Failure } from './failure.ts';
import { Grant } from './file.ts';
import { ImageId } from './image.ts';
import { ListRequest, type PutTag, TakeApartRequest } from './image-list.ts';
import { FilesId, LayerNumber, PlaceNumber } from './layer-files.ts';
import { Digest, Reference } from './reference-schema.ts';
import { CachedRegistry, ContainerId, HandedWord, NewStorage, RegistryPort } from './registry.ts';
import { BackupRequest, type BackupResult, RestoreRequest, type RestoreResult } from './registry-backup.ts';
import type { CollectionResult } from './registry-collection.ts';
import { RemovalRequest, type SeenTag } from './registry-removal.ts';
import { CopySource, CopyTarget, type LayerTransfer, Platform, type PushedName, PushTarget } from './transfer.ts';
import { CommitOrder } from './trial.ts';

/** Images without a name go by their ids. */
export const SavedNames = z
  .array(z.union([Reference, ImageId]))
  .min(1)
  .max(10_000);

/** Everything the app can be asked to do that takes time or can fail. */
export const TaskRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('build'), folder: Grant, ...BuildInputs.shape }),
  z.object({ kind: z.literal('pull'), reference: Reference, platform: Platform.optional() }),
  z.object({ kind: z.literal('push'), references: z.array(Reference).min(1).max(1000), to: PushTarget }),
  z.object({ kind: z.literal('copy'), from: CopySource, to: CopyTarget }),
  z.object({
    kind: z.literal('save'),
    references: SavedNames,
    target: Grant,
    /** Also writes the file's SHA-256 into a second file beside it. */
    checksum: z.boolean().optional(),
    /** A file that lists the layers of another computer: they are left out. */
    receipt: Grant.optional(),
  }),
  z.object({
    kind: z.literal('load'),
    archive: Grant,
    keptBack: z.array(z.string().min(1).max(400)).max(1000).optional(),
    /** The `contents` of the preview that was shown; nothing else is loaded. */
    shown: ImageId.optional(),
    /** The preview showed that layers are left out: they have to be on the engine. */
    isPartial: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('import'),
    archive: Grant,
    reference: Reference,
    /** The command the image's containers run, as typed; empty for none. */
    command: z.string().max(2000).optional(),
  }),
  /** `to` is the place of another engine. */
  z.object({ kind: z.literal('send'), references: SavedNames, to: PlaceId }),
  /** Reads the layers of an opened image that aren't indexed yet: `files.open` says which. `also`: those of another image of the same engine, with it. */
  z.object({ kind: z.literal('index'), files: FilesId, also: FilesId.optional() }),
  /** Saves a file or a folder of an opened image, as it is once the layers up to that one are there. */
  z.object({ kind: z.literal('save-files'), files: FilesId, place: PlaceNumber, layer: LayerNumber, target: Grant }),
  /** Makes an image of a container in which one is tried. */
  z.object({ kind: z.literal('commit'), ...CommitOrder.shape }),
  z.object({ kind: z.literal('tag'), image: ImageId, reference: Reference }),
  z.object({ kind: z.literal('untag'), reference: Reference }),
  /** Moves a tag to another image if it is still where the person saw it; null if it wasn't there at all. */
  z.object({ kind: z.literal('move-tag'), reference: Reference, to: ImageId, from: ImageId.nullable() }),
  /** The same in a registry, by digests. */
  z.object({ kind: z.literal('move-registry-tag'), reference: Reference, to: Digest, from: Digest.nullable() }),
  /** Removes tags from a registry, each if it is still where the person saw it. */
  z.object({ kind: z.literal('remove-registry-tags'), ...RemovalRequest.shape }),
  /** Puts back what such a task removed. */
  z.object({ kind: z.literal('put-back-registry-tags'), removal: z.string().regex(/^[0-9a-f-]{36}$/) }),
  /** Puts images for several platforms into one list, under a name in a registry. */
  z.object({ kind: z.literal('put-together'), ...ListRequest.shape }),
  /** Gives platforms of a list in a registry tags of their own. */
  z.object({ kind: z.literal('take-apart'), ...TakeApartRequest.shape }),
  /** Writes repositories of a registry into a file; one that was stopped is gone on with. */
  z.object({ kind: z.literal('back-up-registry'), ...BackupRequest.shape }),
  /** Puts such a file into a registry. */
  z.object({ kind: z.literal('restore-registry'), ...RestoreRequest.shape }),
  z.object({ kind: z.literal('clean-up'), choice: CleanUpChoice }),
  /** Gets just this image again, and gives it the names that nothing else has taken. */
  z.object({ kind: z.literal('bring-back'), digest: Reference, references: z.array(Reference).max(1000) }),
  z.object({ kind: z.literal('remove'), images: z.array(ImageId).min(1).max(10_000) }),
  z.object({ kind: z.literal('start-engine'), starter: StarterId }),
  /** `port`: the one that it has from now on. `archive`: a file with the image of a registry, which is loaded first. */
  z.object({ kind: z.literal('start-registry'), port: RegistryPort.optional(), archive: Grant.optional() }),
  /** Has the own registry keep its images somewhere else; it is made anew for it. */
  z.object({ kind: z.literal('store-registry'), to: NewStorage }),
  z.object({ kind: z.literal('stop-registry') }),
  z.object({ kind: z.literal('restart-registry') }),
  /** Starts the cache of a registry, or makes one; `login`: what `localRegistry.handCacheLogin` gave, with which it is made anew. */
  z.object({ kind: z.literal('start-cache'), remote: CachedRegistry, login: HandedWord.optional() }),
  z.object({ kind: z.literal('stop-cache'), container: ContainerId }),
  /** With all that it keeps. */
  z.object({ kind: z.literal('remove-cache'), container: ContainerId }),
  /** `container` is the one that the person saw. */
  z.object({ kind: z.literal('remove-registry'), container: ContainerId, withImages: z.boolean() }),
  /** Frees what nothing in the registry needs; `withUntagged`: also images that no tag leads to. */
  z.object({ kind: z.literal('collect-registry'), container: ContainerId, withUntagged: z.boolean() }),
]);
export type TaskRequest = z.infer<typeof TaskRequest>;
export type TaskKind = TaskRequest['kind'];

export type TaskState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** How far an operation has come. The fraction never falls and never exceeds 1; without it the end is unknown. */
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
  | 'reading'
  | 'downloading'
  | 'unpacking'
  | 'uploading'
  | 'copying'
  | 'writing'
  | 'packing'
  | 'sending'
  | 'building'
  | 'removing'
  | 'finishing';

/** Measured by the runner from the reports of the last few seconds. */
export type Pace = { bytesPerSecond: number; secondsLeft?: number };

/** What of a save went into the file, and what the other computer has already. */
export type PackedSuitcase = { madeFor: string; packedLayers: number; leftOutLayers: number; leftOutBytes: number };

/** Layers that a file left out and the engine had; `added`: those that Layerdeck had to take from the engine's own images. */
export type LayersHere = { layers: number; added: number };

export type TaskResult =
  | { kind: 'build'; imageId: string; references: string[]; cachedSteps: number; steps: number }
  | { kind: 'pull'; reference: string; digest?: string; alreadyUpToDate: boolean }
  | { kind: 'push'; pushed: PushedName[]; sentLayers: number; sentBytes: number; presentLayers: number }
  /** To a registry: `reference` and `digest`. To a file: `path` and `bytes`. */
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
  /** `sha256` in hexadecimal digits, if it was asked for. */
  | { kind: 'save'; name: string; path: string; bytes: number; sha256?: string; suitcase?: PackedSuitcase }
  /**
   * `keptBack`: names in the file that were left out. `differences`: present only if the result differs from what was shown, or if
   * the engine did not say.
   */
  | { kind: 'load'; loaded: string[]; keptBack: string[]; differences?: LoadDifferences | 'unknown'; hereBefore?: LayersHere }
  /** What the other engine calls what it got. `sentBytes` are those of the layers as they are in the file between the two. */
  | { kind: 'send'; loaded: string[]; sentLayers: number; sentBytes: number; presentLayers: number }
  | { kind: 'import'; imageId: string; reference: string }
  | { kind: 'commit'; imageId: string; reference: string }
  /** How many layers were read for it, and how many bytes came. */
  | { kind: 'index'; layers: number; bytes: number }
  /** `leftOut`: links that lead out of what was saved, devices and pipes. */
  | { kind: 'save-files'; name: string; path: string; files: number; leftOut: number }
  | { kind: 'tag' | 'untag'; reference: string }
  /** `from`: the image that had the tag before, if one had; in a registry, digests. */
  | { kind: 'move-tag' | 'move-registry-tag'; reference: string; to: string; from?: string }
  /** `unasked`: tags that the registry let go although nobody asked for it. `refused`: those that stayed. */
  | {
      kind: 'remove-registry-tags';
      registry: string;
      repository: string;
      removed: SeenTag[];
      unasked: string[];
      refused: { tag: string; failure: Failure }[];
    }
  | {
      kind: 'put-back-registry-tags';
      registry: string;
      repository: string;
      restored: SeenTag[];
      refused: { tag: string; failure: Failure }[];
    }
  /** `from`: what the name led to before, if anything. */
  | {
      kind: 'put-together';
      reference: string;
      digest: string;
      from?: string;
      platforms: string[];
      sentLayers: number;
      sentBytes: number;
      presentLayers: number;
    }
  | { kind: 'take-apart'; registry: string; repository: string; put: PutTag[]; refused: { tag: string; failure: Failure }[] }
  | ({ kind: 'back-up-registry' } & BackupResult)
  | ({ kind: 'restore-registry' } & RestoreResult)
  | CleanUpResult
  /** `taken`: names that another image has by now. */
  | { kind: 'bring-back'; references: string[]; taken: string[] }
  | { kind: 'remove'; untagged: string[]; deletedLayers: number }
  | { kind: 'start-engine'; name: string }
  | { kind: 'start-registry' | 'restart-registry'; address: string }
  /** `folder`, `bucket`: where its images are now, if not in its volume. `damaged`: how many files were so before they were copied. */
  | {
      kind: 'store-registry';
      address: string;
      folder?: string;
      bucket?: string;
      copied?: { files: number; bytes: number; damaged: number };
    }
  | { kind: 'stop-registry' }
  | { kind: 'start-cache'; address: string; remote: string }
  | { kind: 'stop-cache' | 'remove-cache'; name: string }
  /** `withImages`: nothing of what was pushed to it is left. */
  | { kind: 'remove-registry'; name: string; withImages: boolean }
  | ({ kind: 'collect-registry' } & CollectionResult);

/** How what the engine loaded differs from what the window showed of the file; names or ids. */
export type LoadDifferences = {
  /** Loaded but not shown before. */
  more: string[];
  /** Shown before but not loaded. */
  missing: string[];
  /** Names that now stand for a different image than the one shown. */
  other: string[];
};

export type Task = {
  id: string;
  kind: TaskKind;
  /** "Build hello-web:1.4.3". */
  title: string;
  request: TaskRequest;
  /** The place of the engine that does it, also when it is tried again; absent if there was none. */
  at?: string;
  state: TaskState;
  /** Milliseconds since 1970. */
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
  progress: Progress;
  pace?: Pace;
  result?: TaskResult;
  failure?: Failure;
  /** How many lines the log has had so far; the oldest lines of a long log are dropped. */
  logLines: number;
};

export type LogLine = {
  /** From 1, without gaps. */
  number: number;
  text: string;
  /** When it was said, in milliseconds since 1970, if that is known. */
  at?: number;
  /** The build step that printed it. */
  step?: string;
  isError?: boolean;
};
