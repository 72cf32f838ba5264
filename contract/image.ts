import * as z from 'zod';

export const ImageId = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** One image in the list: one row, whatever the number of its names. */
export type ImageSummary = {
  /** `sha256:` and 64 hexadecimal digits. */
  id: string;
  /** `repository:tag`, as the engine gives them; empty for an untagged image. */
  references: string[];
  /** Bytes, shared layers included. */
  size: number;
  /** Bytes of the layers that no other image has; absent until every image's layers are known. */
  ownSize?: number;
  /** Milliseconds since 1970; 0 where the image does not say. */
  createdAt: number;
  /** Names of the containers, running or not, that use the image. */
  usedBy: string[];
};

export type ImageList = {
  images: ImageSummary[];
  /** Bytes on disk with every layer counted once, and what sharing saves; absent until every image's layers are known. */
  disk?: { used: number; savedBySharing: number };
};

export type Layer = {
  /** As in the image's history, cleaned of the builder's wrapping: `COPY . /app`. */
  instruction: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970; 0 where unknown. */
  createdAt: number;
  /** Changes only settings, adds no files. */
  empty: boolean;
  /** The engine has no image of this step: it was built on another machine or by BuildKit. */
  fromElsewhere: boolean;
  /** `sha256:…` of the uncompressed content, where it can be told. */
  diffId?: string;
  /** How many other images on this engine have the same layer. */
  sharedWith: number;
};

export type ImageDetails = ImageSummary & {
  platform: string;
  /** Newest first. */
  layers: Layer[];
  digests: string[];
  config: {
    entrypoint: string[];
    command: string[];
    workingDirectory: string;
    user: string;
    environment: string[];
    ports: string[];
    labels: Record<string, string>;
  };
};

/** What removing images would take with it, asked before it is done. */
export type RemovalPreview = {
  images: {
    id: string;
    /** Every name that goes with the image. */
    references: string[];
    /** Containers that keep it from being removed. */
    usedBy: string[];
    /** Images built on this one: they stay and keep its layers on disk. */
    childCount: number;
  }[];
  /** Bytes that really come back; absent where the layers are not known. */
  freed?: number;
};
