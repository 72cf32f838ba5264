/** What is in a tarball, read from the file itself. */
export type ArchivePreview = ImageArchive | RootFiles | NoArchive;

/** One or more images, as `docker save` and OCI tools write them. */
export type ImageArchive = {
  kind: 'images';
  format: 'docker' | 'oci';
  packing: Packing;
  images: ArchivedImage[];
  /** Bytes of the tarball once unpacked. */
  unpackedSize: number;
  /** What is in it and is not loaded, in sentences. */
  notes: string[];
};

/** The files of a whole system without an image's description: it can be imported. */
export type RootFiles = {
  kind: 'root-files';
  packing: Packing;
  entries: number;
  unpackedSize: number;
  /** Found in the files: a shell, an init. */
  suggestedCommand?: string;
};

/** Neither; the reason is a sentence or two, with what to do instead. */
export type NoArchive = { kind: 'refused'; title: string; reason: string };

export type Packing = 'none' | 'gzip' | 'zstd' | 'xz';

export type ArchivedImage = {
  /** What an engine may call the image: the digests of its configuration, manifest and list of manifests. */
  ids: string[];
  /** `repository:tag`, in full as Docker will show them. */
  references: string[];
  /** The same names as Podman will show them. */
  referencesOnPodman: string[];
  platform: string;
  /** Milliseconds since 1970; 0 where the image does not say. */
  createdAt: number;
  /** From the oldest. `size` is that of the bytes in the file, packed or not. */
  layers: ArchivedLayer[];
  /** Bytes of its layers in the file. */
  size: number;
};

export type ArchivedLayer = {
  /** Digest of the unpacked layer, where the configuration names it. */
  diffId?: string;
  size: number;
  /** Not in the file: it can be loaded only where the engine has that layer, or can get it. */
  isAbsent?: true;
  /** Cleaned of the builder's wrapping: `COPY . /app`. */
  instruction?: string;
};

/** How far the reading is, then what came of it; a packed file has to be unpacked to its end. */
export type PreviewEvent = { kind: 'reading'; done: number; total: number } | { kind: 'preview'; preview: ArchivePreview };
