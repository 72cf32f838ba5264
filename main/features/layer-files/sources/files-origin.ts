import type { ImageFacts } from '../../../../contract/compare.ts';
import type { FilesLayer, OpenedFiles } from '../../../../contract/layer-files.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import type { Reading } from '../reading/read-in-thread.ts';
import type { ReadingTask } from '../reading/reading-order.ts';

/** What an engine has of an image, so that two images of one engine can be read together. */
export type OnEngine = {
  /** The engine's place. */
  place: string | undefined;
  engine(): Engine;
  image: string;
  diffIds: string[];
  /** Bytes of the whole image, and of layers by diff id as far as they are known. */
  bytes: number;
  sizes: ReadonlyMap<string, number>;
};

/** Where an image is, and how its layers are read there. */
export type FilesOrigin = {
  /** What a person calls the image. */
  name: string;
  /** The lowest first. */
  layers: FilesLayer[];
  /** What the image says of itself. */
  facts: ImageFacts;
  /** What an index of each layer's list is called (`keyOfList`), if it has one that can be read in its place. */
  lists?: (string | undefined)[];
  onEngine?: OnEngine;
  /** What reading these layers costs, of which some may be read by their lists; undefined if nobody knows. */
  toRead(missing: number[], listed?: ReadonlySet<number>): OpenedFiles['toRead'];
  /** Does a task with its layers, in a thread. Rejects with a failure, or if it was cancelled. */
  read(task: ReadingTask, reading: OriginReading, signal: AbortSignal): Promise<void>;
};

export type OriginReading = Pick<Reading, 'onRead' | 'onLayer'> & {
  /** Which layers are called so where they come from. */
  names: ReadonlyMap<string, string>;
};

/** The layers that a task needs. */
export const layersOfTask = (task: ReadingTask): string[] =>
  task.kind === 'index' ? task.wanted : task.layers.map(({ diffId }) => diffId);

/** The part of a task that concerns one layer. */
export const onlyOf = (task: ReadingTask, diffId: string): ReadingTask =>
  task.kind === 'index'
    ? { kind: 'index', wanted: [diffId] }
    : { kind: 'extract', layers: task.layers.filter((one) => one.diffId === diffId) };
