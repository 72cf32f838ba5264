import * as z from 'zod';
import { type FileAspect, FileChange, type FileKind, type FilePackage, FilesId, type FilesLayer, type OpenedFiles } from './layer-files.ts';

/** Two images that were opened with `layerFiles.open`: what only the second has is added, what only the first has is removed. */
export const ComparedPair = z.object({ first: FilesId, second: FilesId });
export type ComparedPair = z.infer<typeof ComparedPair>;

/** What is known of two images before any of their layers is read. */
export type ComparedImages = {
  images: [ComparedImage, ComparedImage];
  /**
   * What has to be read of each before files can be compared; absent if nothing has, or if nobody knows how much. Of the second, only
   * what the first doesn't bring along.
   */
  toRead: [OpenedFiles['toRead'], OpenedFiles['toRead']];
  /** Layers to read of each, counted in the same way. */
  missing: [number, number];
  /** One task of the kind `index` reads both, as one engine sends them: `toRead` of the first is then that of both. */
  isOneReading?: true;
};

/** Its layers are there with the lowest first; their sizes are what the place of the image counts, packed or not. */
export type ComparedImage = ImageFacts & { name: string; layers: FilesLayer[] };

/** What an image says of itself, as far as the place where it is passes it on. */
export type ImageFacts = {
  /** Digests that it is known by: of its configuration, its manifest, or the list with its manifest. */
  ids: string[];
  /** `linux/arm64/v8`. */
  platform: string;
  /** Milliseconds since 1970; 0 where it does not say. */
  createdAt: number;
  settings: ImageSettings;
  /** Its steps, the oldest first; empty if it does not say. */
  history: ImageStep[];
  sizes: ImageSizes;
};

/** Bytes of the layers as the place has them; absent if it doesn't say. */
export type ImageSizes = { packed?: number; unpacked?: number };

/** What containers of an image begin with. Empty is not set. */
export type ImageSettings = {
  entrypoint: string[];
  command: string[];
  /** `NAME=value`. */
  environment: string[];
  workingDirectory: string;
  user: string;
  labels: Record<string, string>;
  ports: string[];
  volumes: string[];
  stopSignal: string;
  /** What is run, then how often and so on: `CMD-SHELL curl …`, `every 30 s`. */
  healthCheck: string[];
  shell: string[];
  /** Instructions for images that are built on it. */
  onBuild: string[];
};

export type ImageStep = {
  /** Without the builder's wrapping: `COPY . /app`. */
  instruction: string;
  /** Bytes of the files that it wrote; absent if unknown. */
  size?: number;
  /** Milliseconds since 1970; 0 where unknown. */
  createdAt: number;
};

/** What is compared, and which of the differences are shown. */
export const CompareView = z.object({
  ...ComparedPair.shape,
  /** Also what differs by its time alone. */
  withTimes: z.boolean().optional(),
  filter: z.object({ changes: z.array(FileChange).max(3).optional(), text: z.string().max(400).optional() }).optional(),
});
export type CompareView = z.infer<typeof CompareView>;

/** By name, or what differs by most bytes first. */
export const CompareOrder = z.enum(['name', 'difference']);
export type CompareOrder = z.infer<typeof CompareOrder>;

/** A place as one of the images has it. */
export type PlaceFacts = {
  kind: FileKind;
  mode: number;
  uid: number;
  gid: number;
  /** Seconds since 1970. */
  modified: number;
  /** Bytes of the file itself. */
  size: number;
  /** Where a symbolic link leads, or the numbers of a device. */
  link?: string;
};

/** Sums of what a view shows in a folder; everything but folders. Names of one file count their bytes once. */
export type CompareSums = Record<FileChange, number> & {
  /** Bytes of what differs, in the first image and in the second. */
  bytes: [number, number];
};

/** A line of the tree of differences. */
export type CompareRow = {
  /** 0 is the root. Numbers stay the same for a pair, whatever the view. */
  place: number;
  name: string;
  /** As the second image has it; of what was removed, the first. */
  kind: FileKind;
  /** Absent for a folder that only has differences in it. */
  change?: FileChange;
  /** In which ways it was changed; its time only if the view shows times. */
  aspects: FileAspect[];
  facts: [PlaceFacts | undefined, PlaceFacts | undefined];
  sums: CompareSums;
  /** Whether the view shows something in it. */
  hasMore: boolean;
};

export type FoundDifference = CompareRow & { path: string };

/** All differences, whatever a view's filter. */
export type CompareSummary = {
  /** Files and links, and folders apart from them. Those that differ by their time alone count only if a view shows them. */
  files: Record<FileChange, number>;
  folders: Record<FileChange, number>;
  /** Files, links and folders that nothing but their times tells apart. */
  onlyTimes: number;
  /** Files and links that are the same but for their times. */
  same: number;
  /** In how many changed files, links and folders each aspect differs. */
  aspects: Partial<Record<FileAspect, number>>;
  /** Bytes of files that were added and removed, and of changed ones before and after. */
  bytes: { added: number; removed: number; changed: [number, number] };
  /** All of each image: files and links, and their bytes with names of one file counted once. */
  totals: [{ files: number; bytes: number }, { files: number; bytes: number }];
  /** The lowest folder that has all files that were added, if it isn't the root. */
  addedIn?: string;
  /** Bytes of the files of each layer, the lowest first. */
  layerBytes: [number[], number[]];
  /** Layers whose files are told by a list that the image brings along: 0 is the lowest. */
  listed: [number[], number[]];
};

/** One place, in both images. */
export type CompareDetails = CompareRow & { path: string; sides: [ComparedPlace | undefined, ComparedPlace | undefined] };

export type ComparedPlace = {
  /** Its place among the files of that image, for `layerFiles.bytes`. */
  place: number;
  /** The layer that wrote it as it is; 0 is the lowest. */
  layer: number;
  /** SHA-256 of its bytes in hexadecimal digits; absent for what is no file. */
  digest?: string;
  package?: FilePackage;
};

/** Whether the databases of package managers say what is installed: `none` if there is no database, `unknown` if one can't be read. */
export type PackagesKnown = 'known' | 'none' | 'unknown';

/** Packages by manager and name; several versions of one are there side by side. */
export type PackageDifference = Pick<FilePackage, 'manager' | 'name'> & { change: FileChange; versions: [string[], string[]] };

export type ComparedPackages = {
  known: [PackagesKnown, PackagesKnown];
  /** How many packages each image has. */
  totals: [number, number];
  counts: Record<FileChange, number>;
  /** By name. Empty unless both are known, or one is and the other has none. */
  rows: PackageDifference[];
  /** How many rows there are in all: the view asks for pages. */
  total: number;
};
