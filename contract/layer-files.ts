import * as z from 'zod';
import { AtEngine } from './engine.ts';
import { ImageId } from './image.ts';
import { ArchiveSource, RegistrySource } from './transfer.ts';

/** An image whose files are looked at: on an engine, in a tarball, or in a registry, which then need not be pulled. */
export const FilesSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('engine'), image: ImageId, ...AtEngine.shape }),
  ArchiveSource,
  RegistrySource,
]);
export type FilesSource = z.infer<typeof FilesSource>;

/** What `files.open` calls an image, until the app ends. The window names no layer and no path. */
export const FilesId = z.string().regex(/^[0-9a-f]{32}$/);

/** An image, its layers the lowest first, and how much has to be read before its files can be shown. */
export type OpenedFiles = {
  files: string;
  layers: FilesLayer[];
  /** Layers that are not indexed yet; empty if the files can be asked for at once. A task of the kind `index` reads them. */
  missing: number[];
  /**
   * Bytes to read for them, if known: an engine sends the whole image, a registry each layer packed. `isDownload` if they come
   * from a registry.
   */
  toRead?: { bytes: number; isDownload: boolean };
};

export type FilesLayer = {
  diffId: string;
  /** The instruction that made it, without the builder's wrapping, if the image says which. */
  instruction?: string;
  /** Bytes of its tarball where it comes from, packed or not; absent if unknown. */
  size?: number;
  /**
   * Its files are told by a list that the image brings along, so that the layer needs no download. The list is the one that the image
   * names, and each file is checked when it is opened; that the layer has just these files is what the image's maker says.
   */
  isListed?: true;
};

/** 0 is the lowest. */
export const LayerNumber = z.number().int().nonnegative().max(10_000);

export type FileChange = 'added' | 'changed' | 'removed';
export const FileChange = z.enum(['added', 'changed', 'removed']);

/** How two versions of a file differ. */
export type FileAspect = 'kind' | 'content' | 'link' | 'mode' | 'owner' | 'attributes' | 'time';

/** `link-below` is a hard link whose file is missing. */
export const FileKind = z.enum(['file', 'folder', 'symlink', 'character-device', 'block-device', 'fifo', 'link-below']);
export type FileKind = z.infer<typeof FileKind>;

/** Everything shown must fit all that is given. */
export const FileFilter = z.object({
  changes: z.array(FileChange).max(3).optional(),
  kinds: z.array(FileKind).max(7).optional(),
  /** At least that many bytes. */
  atLeast: z.number().int().nonnegative().optional(),
  /** Part of the name, in any case. */
  text: z.string().max(400).optional(),
});
export type FileFilter = z.infer<typeof FileFilter>;

/**
 * What is looked at: what the layers from `from` to `to` did (0 is the lowest; both the same for one layer), or with `all`, everything
 * that is there after `to`, and what was changed since `from`. The whole image: `from` 0, `to` the highest, `all`.
 */
export const FilesView = z.object({
  files: FilesId,
  from: LayerNumber,
  to: LayerNumber,
  all: z.boolean().optional(),
  filter: FileFilter.optional(),
});
export type FilesView = z.infer<typeof FilesView>;

/** 0 is the root. Numbers stay the same for an image, whatever the view. */
export const PlaceNumber = z.number().int().nonnegative().max(0xffff_ffff);

export const FileOrder = z.enum(['name', 'size']);
export type FileOrder = z.infer<typeof FileOrder>;

export const FilesPage = z.object({ first: z.number().int().nonnegative(), most: z.number().int().positive().max(1000) });
export type FilesPage = z.infer<typeof FilesPage>;

/** Sums of what a view shows in a folder. Hard links count once. */
export type FileSums = {
  /** Everything but folders. */
  files: number;
  /** Bytes of what is there, written by any layer of the view. */
  bytes: number;
  /** Bytes of what was removed, as it was before. */
  removedBytes: number;
};

/** A line of the tree. For what was removed, it says what was there before. */
export type FileRow = {
  place: number;
  name: string;
  kind: FileKind;
  /** Absent for what the layers of the view left as it was, and for a folder that only has changes in it. */
  change?: FileChange;
  mode: number;
  uid: number;
  gid: number;
  /** Seconds since 1970. */
  modified: number;
  /** Bytes of the file itself. */
  size: number;
  /** Where a symbolic link leads, or the numbers of a device. */
  link?: string;
  /** Of a folder, what the view shows in it; of anything else, itself. */
  sums: FileSums;
  /** Whether the view shows something in it. */
  hasMore: boolean;
};

/** A row of a search. */
export type FoundRow = FileRow & { path: string };

export type FileRows<Row = FileRow> = { rows: Row[]; total: number };

/** What a view shows in all, for the chips and the head of the tree. */
export type FilesSummary = FileSums & {
  /** Without the view's filter; how many files and links each change concerns. */
  changes: Record<FileChange, number>;
};

/** One place and its life. */
export type FileDetails = FileRow & {
  path: string;
  /** Names of other places that are the same file (hard links); at most twenty. */
  sameFile: string[];
  /** SHA-256 of its bytes in hexadecimal digits; absent for what is no file. */
  digest?: string;
  /** Names of extended attributes. */
  attributes: string[];
  /** What every layer did to it, the lowest first. */
  life: FileEvent[];
  /** The package that it belongs to, if a database of the image says so. */
  package?: FilePackage;
};

export type FileEvent = {
  layer: number;
  change: FileChange;
  /** In which ways it was changed; empty if it was written again just as it was. */
  aspects: FileAspect[];
  kind: FileKind;
  size: number;
  mode: number;
  uid: number;
  gid: number;
};

export type FilePackage = { manager: 'dpkg' | 'apk' | 'rpm'; name: string; version: string };

/** Bytes that an image carries for nothing. */
export type Waste = {
  /** Exactly: no byte is counted twice, whatever the kinds. */
  total: number;
  /** The most bytes first. */
  items: WasteItem[];
  /** How many there are; only the largest are listed. */
  count: number;
};

/**
 * - `removed`, `replaced`: written by `layer`, and taken away or written again by the layer `by`. `isSame` if it was written again with
 *   the same content, for another owner or mode.
 * - `twice`: the same content again, at another place that stays.
 * - `cache`: what a package manager keeps and nobody needs in an image, and that stays.
 *
 * What is removed or replaced is in no other kind; what is in a cache may also be there twice.
 */
export type WasteItem = {
  kind: 'removed' | 'replaced' | 'twice' | 'cache';
  place: number;
  path: string;
  isFolder: boolean;
  /** The layer that wrote the bytes. */
  layer: number;
  by?: number;
  isSame?: true;
  /** Which manager's cache. */
  cache?: string;
  /** Of what `twice` is a copy. */
  firstPath?: string;
  files: number;
  bytes: number;
};

/** Places that a step would have removed itself. */
export const RemovedInStep = z.object({ layer: LayerNumber, place: PlaceNumber });
export type RemovedInStep = z.infer<typeof RemovedInStep>;

/**
 * What layers would be if steps had removed what they made. A folder of which only the time is then another one is still in the layer of
 * an engine that keeps layers as folders; an engine with containerd's store leaves it out, which is `leastTarball`.
 */
export type WhatIf = {
  /** Of every layer that would change: bytes of its files, and of its unpacked tarball. */
  layers: { layer: number; files: number; before: LayerSize; after: LayerSize; leastTarball?: number }[];
  /** Bytes of files that are saved in all. */
  saved: number;
};

/** `tarball` is absent for a layer that is known by its list alone. */
export type LayerSize = { bytes: number; tarball?: number };

export const FileSlice = z.object({
  offset: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  length: z
    .number()
    .int()
    .positive()
    .max(1024 * 1024),
});

/** What has to be read before a file can be shown; a registry's layer is downloaded from its beginning up to the file. */
export type FileCost = { isHere: boolean; toRead?: { bytes: number; isDownload: boolean } };

/** Some bytes of a file. The first time, the layer may have to be read again for them; its bytes are then kept for a while. */
export type FileBytes = {
  /** In base64. */
  bytes: string;
  offset: number;
  /** Of the whole file. */
  size: number;
  /** Judging by the first bytes: UTF-8 without NULs, a picture that a page can show, or something else. */
  looksLike: 'text' | 'picture' | 'bytes';
  /** The media type of a picture. */
  picture?: string;
};
