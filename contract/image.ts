import * as z from 'zod';

export const ImageId = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** One image in the list: one row, whatever the number of its names. */
export type ImageSummary = {
  /** `sha256:` and 64 hexadecimal digits. */
  id: string;
  /** `repository:tag`, as the engine gives them; empty for an untagged image. */
  references: string[];
  /** `repository@sha256:…`: what registries know it by, also where it has no tag. */
  digests: string[];
  /** Bytes, shared layers included. */
  size: number;
  /** Bytes of the layers that no other image has; absent until every image's layers are known, and where they cannot be told. */
  ownSize?: number;
  /** Milliseconds since 1970; 0 where the image does not say. */
  createdAt: number;
  /** Names of the containers, running or not, that use the image. */
  usedBy: string[];
};

export type ImageList = {
  images: ImageSummary[];
  /** Bytes on disk with every layer counted once, and what sharing saves; absent until every image's layers are known, or if they are not. */
  disk?: { used: number; savedBySharing: number };
};

/** One step of an image's history, with its layer if it made one. */
export type Layer = {
  /** As in the image's history, cleaned of the builder's wrapping: `COPY . /app`. */
  instruction: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970; 0 where unknown. */
  createdAt: number;
  /** Whether it made a layer; absent where the engine does not say. */
  hasLayer?: boolean;
  /** Place of its layer, 1 for the lowest; absent where it has none, or where it is not known which it is. */
  number?: number;
  /** The engine has no image of this step: it was built on another machine or by BuildKit. */
  fromElsewhere: boolean;
  /** `sha256:…` of the uncompressed content, where it can be told. */
  diffId?: string;
  /** How many other images on this engine have the same layer; absent where it is not known, or where there is none. */
  sharedWith?: number;
};

export type ImageDetails = ImageSummary & {
  platform: string;
  /** The steps, newest first. */
  layers: Layer[];
  /** How many layers the engine has of it. */
  layerCount: number;
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
    digests: string[];
    /** Containers that keep it from being removed. */
    usedBy: string[];
    /** Images built on this one: they stay and keep its layers on disk. */
    childCount: number;
  }[];
  /** Bytes that come back of those that no container uses; absent where the layers are not known. */
  freed?: number;
};
