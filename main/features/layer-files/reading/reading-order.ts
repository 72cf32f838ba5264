import type { Packing } from '../../../../contract/archive.ts';
import type { Failure } from '../../../../contract/failure.ts';
import type { VersionedPath } from '../../../foundation/engine/api-version.ts';
import type { EngineAddress } from '../../../foundation/engine/open-engine.ts';
import type { PartSource } from '../../../foundation/image-archive/read-part.ts';
import type { ToldList } from '../lists/told-list.ts';
import type { FileRange } from './file-ranges.ts';

/** Where layers are read from. Plain data: it crosses threads. */
export type LayerPlace =
  /** Whole images, as an engine sends them. */
  | { kind: 'engine'; address: EngineAddress; request: VersionedPath }
  /** Parts of a tarball. */
  | { kind: 'archive'; source: PartSource; layers: ArchivedPart[] }
  /** One layer, whose stored bytes the main thread passes on piece by piece: it alone has sign-ins. */
  | { kind: 'passed-on'; diffId: string; name: string; size: number }
  /** The list of a layer's files, in the place of the layer. */
  | ListedLayer;

export type ListedLayer = { kind: 'listed'; key: string; packed: Uint8Array; list: ToldList };

export type ArchivedPart = { diffId: string; name: string; offset: number; size: number; packing: Packing };

/** What a thread is to do with them. */
export type ReadingTask =
  /** Index these layers. */
  | { kind: 'index'; wanted: string[] }
  /** Write files of layers into files of this computer. */
  | { kind: 'extract'; layers: LayerFileRanges[] };

export type LayerFileRanges = { diffId: string; ranges: FileRange[] };

export type ReadingOrder = {
  place: LayerPlace;
  task: ReadingTask;
  /** Which layers are called so, by the names of their files in a tarball: they need not be read to be told. */
  names: ReadonlyMap<string, string>;
  /** Shared with a thread that digests whole layers. */
  hashMemory?: SharedArrayBuffer;
};

export type ReadingNews =
  /** Bytes that have come so far, as they are stored. */
  | { kind: 'read'; bytes: number }
  /** A layer that was read whole, encoded; `name` is what its source calls it. */
  | { kind: 'layer'; diffId: string; name: string; data: Uint8Array<ArrayBuffer> }
  /** The next piece is wanted. */
  | { kind: 'more' }
  | { kind: 'done' }
  | { kind: 'failed'; failure: Failure };

/** What the main thread passes on; undefined at the end. */
export type PassedOn = { piece: Uint8Array<ArrayBuffer> | undefined };
