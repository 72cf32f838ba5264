import * as z from 'zod';
import { imageId } from './grammar.ts';

export const ImageId = z.string().regex(imageId);

/** One image in the list: a single row, however many names it has. */
export type ImageSummary = {
  /** `sha256:` and 64 hexadecimal digits. */
  id: string;
  /** `repository:tag`, as the engine gives them; empty for an untagged image. */
  references: string[];
  /** A tag has left it, and it is kept so that the tag can be moved back: until then, or until newer ones need the room. */
  keptUntil?: number;
  /** `repository@sha256:…`: how registries know it, even without a tag. */
  digests: string[];
  /** Bytes, including shared layers, as the engine counts them: unpacked, and packed as well if it keeps both. */
  size: number;
  /** How many of these are packed; absent if the engine keeps images unpacked only, or until it has said. */
  packed?: number;
  /** Bytes that no other image needs; absent until every image's layers are known, or if they cannot be known. */
  ownSize?: number;
  /** What an image of several platforms is made for, and what of it is here; absent for an image of one, or if the engine does not say. */
  platforms?: ImagePlatform[];
  /** Milliseconds since 1970; 0 where the image does not say. */
  createdAt: number;
  /** Names of the containers that use the image, running or not. */
  usedBy: string[];
};

/** One of several platforms of an image. */
export type ImagePlatform = {
  /** `linux/arm64/v8`. */
  name: string;
  /** Whether its layers are on the engine; otherwise the image only names it. */
  isHere: boolean;
  /** Bytes on the engine, packed and unpacked. */
  size: number;
};

export type ImageList = {
  images: ImageSummary[];
  /**
   * Bytes on disk with everything counted once, how many of these are packed, and what sharing saves; absent until (or unless) every
   * image's layers are known.
   */
  disk?: { used: number; packed: number; savedBySharing: number };
};

/** One step of an image's history, with its layer if it made one. */
export type Layer = {
  /** As in the image's history, without the builder's wrapping: `COPY . /app`. */
  instruction: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970; 0 where unknown. */
  createdAt: number;
  /** Whether it made a layer; absent where the engine does not say. */
  hasLayer?: boolean;
  /** Position of its layer, 1 for the lowest; absent if it has none, or if it is unknown which one it is. */
  number?: number;
  /** The engine has no image of this step: it was built on another computer or by BuildKit. */
  fromElsewhere: boolean;
  /** `sha256:…` of the uncompressed content, if known. */
  diffId?: string;
  /** How many other images on this engine have the same layer; absent if unknown, or if there is no layer. */
  sharedWith?: number;
};

export type ImageDetails = ImageSummary & {
  platform: string;
  /** The steps, the newest first. */
  layers: Layer[];
  /** How many layers the image has on the engine. */
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

/** What removing images would take away, asked before it is done. */
export type RemovalPreview = {
  images: {
    id: string;
    /** Every name that is removed with the image. */
    references: string[];
    digests: string[];
    /** Containers that keep it from being removed. */
    usedBy: string[];
    /** Images built on this one: they stay and keep its layers on disk. */
    childCount: number;
  }[];
  /** What would be freed, counting only images that no container uses; absent if the layers are unknown. */
  freed?: FreedSpace;
};

/** What the disk gets back. */
export type FreedSpace = {
  bytes: number;
  /** How many of these are packed; absent if none are. */
  packed?: number;
  /** Bytes that no image needs any longer, but that stay until the build cache is cleared. */
  inCache?: number;
  /** The build cache may keep some of it: the engine doesn't tell. */
  isAtMost?: true;
};
