import type { SuitcaseMark } from './receipt.ts';

/** What is in a tarball, read from the file itself. */
export type ArchivePreview = ImageArchive | RootFiles | BuildRecords | NoArchive;

/** One or more images, as `docker save` and OCI tools write them. */
export type ImageArchive = {
  kind: 'images';
  format: 'docker' | 'oci';
  packing: Packing;
  images: ArchivedImage[];
  /** Identifies these images and their names. The window sends it back with a request, as the file may have changed meanwhile. */
  contents: string;
  /** Bytes of the tarball once unpacked. */
  unpackedSize: number;
  /** What is in the file but won't be loaded, in sentences. */
  notes: string[];
  /** For whom it was packed without the layers that are there, as the file says. */
  suitcase?: SuitcaseMark;
};

/** The files of a whole system without an image's description. It can be imported. */
export type RootFiles = {
  kind: 'root-files';
  packing: Packing;
  entries: number;
  unpackedSize: number;
  /** A shell or an init that was found among the files. */
  suggestedCommand?: string;
};

/** Records of builds, as `docker buildx history export` writes them. They go into the list of builds, and to no engine. */
export type BuildRecords = { kind: 'build-records'; packing: Packing; unpackedSize: number; builds: BuildInFile[] };

export type BuildInFile = {
  /** The names that it gave its image; may be empty. */
  references: string[];
  state: 'succeeded' | 'failed' | 'cancelled';
  /** Milliseconds since 1970. */
  startedAt: number;
  seconds: number;
};

/** None of these. The reason is a sentence or two and says what to do instead. */
export type NoArchive = { kind: 'refused'; title: string; reason: string };

export type Packing = 'none' | 'gzip' | 'zstd' | 'xz' | 'bzip2';

export type ArchivedImage = {
  /** The ids an engine may give the image: the digests of its configuration, its manifest and its list of manifests. */
  ids: string[];
  /** `repository:tag`, in full, as Docker will show them. */
  references: string[];
  /** The same names as Podman will show them. */
  referencesOnPodman: string[];
  platform: string;
  /** Milliseconds since 1970; 0 where the image does not say. */
  createdAt: number;
  /** The oldest first. `size` counts the bytes in the file, packed or not. */
  layers: ArchivedLayer[];
  /** Bytes of its layers in the file. */
  size: number;
};

export type ArchivedLayer = {
  /** Digest of the unpacked layer, where the configuration names it. */
  diffId?: string;
  size: number;
  /** Not in the file: the image can be loaded only if the engine has this layer or can get it. */
  isAbsent?: true;
  /** Absent, and of the kind that may not be passed on: engines get it from where the image says. */
  isElsewhere?: true;
  /** Without the builder's wrapping: `COPY . /app`. */
  instruction?: string;
};

/** How far reading has come, then its result; a packed file has to be unpacked to its end. */
export type PreviewEvent = { kind: 'reading'; done: number; total: number } | { kind: 'preview'; preview: ArchivePreview };
