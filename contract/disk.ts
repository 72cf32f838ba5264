import * as z from 'zod';
import { type FreedSpace, ImageId } from './image.ts';

/** What can go to make room, and what it costs to lose it. */
export type CleanUpItem = ImageItem | CacheItem | ContainerItem;

type Common = {
  /** Tells items of one engine apart, and stays the same. */
  key: string;
  /** Bytes of all that belongs to it, also of what something else needs. */
  size: number;
  /** What the disk gets back if it goes alone; absent if that is unknown, or not known yet. */
  freed?: FreedSpace;
  /** Milliseconds since 1970, as far as the engine and the history of builds tell. */
  lastUsedAt?: number;
  /** It never goes, and why. */
  stays?: Stays;
};

export type Stays = 'in-use' | 'runs';

export type ImageItem = Common & {
  kind: 'image';
  id: string;
  references: string[];
  digests: string[];
  /** What it was called when it was built here, if nothing is left of that. */
  formerly?: string;
  /** A tag has left it, and it is kept for undo until then. */
  keptUntil?: number;
  /** Names of the containers that use it, running or not. */
  usedBy: string[];
  comesBack: ComesBack;
};

export type CacheItem = Common & {
  kind: 'cache';
  group: CacheGroup;
  /** Nothing has used it for two weeks. */
  isOld: boolean;
  records: CacheEntry[];
};

/** What BuildKit's cache keeps: results of steps, folders that steps keep (`RUN --mount=type=cache`), what was sent or fetched, its own. */
export type CacheGroup = 'steps' | 'mounts' | 'sources' | 'own';

/** One record of BuildKit's cache. */
export type CacheEntry = {
  id: string;
  /** The step, or in other words what it is. */
  what: string;
  size: number;
  /** An image has the same layer, so that it alone frees nothing. */
  isShared: boolean;
  /** A build uses it at this moment. */
  isInUse: boolean;
  lastUsedAt?: number;
  uses: number;
  /** Others that build on it: it stays as long as they do. */
  keptBy: number;
  /** The build here that made it, by its id, and what that made. */
  build?: { id: string; name: string };
};

export type ContainerItem = Common & {
  kind: 'container';
  id: string;
  name: string;
  /** The name or id of its image. */
  image: string;
};

/** How an image can be had again once it is gone, as far as is known. */
export type ComesBack =
  /** `digests` lead to just this image; `isSure` once the registry has said that it still has it. */
  | { how: 'registry'; registry: string; digests: string[]; isSure: boolean }
  /** Built here, from a folder that is still there. `seconds` is how long that took. */
  | { how: 'build'; build: string; folder: string; seconds?: number }
  /** No registry and no build is known. `mayBeAt`: the registry that its name leads to, which was not asked or does not have it. */
  | { how: 'unknown'; mayBeAt?: string };

/** Where the bytes of an engine are, and what can go. What is not known yet is absent, and named as pending. */
export type DiskLook = {
  /** Bytes of all images, each counted once. */
  images?: number;
  /** Bytes of BuildKit's cache that no image has. */
  cache?: number;
  /** Bytes that containers wrote. */
  containers?: number;
  /** Bytes of what the registry of this computer keeps. */
  registry?: number;
  items: CleanUpItem[];
  pending: DiskPart[];
  /** Could not be asked or added up. */
  unknown: DiskPart[];
};

export type DiskPart = 'images' | 'cache' | 'containers' | 'registry';

const RecordId = z.string().regex(/^[a-z0-9]{1,64}$/);
const ContainerId = z.string().regex(/^[0-9a-f]{64}$/);

/** What a person chose to let go. An image goes only while it has no other names than these. */
export const CleanUpChoice = z.object({
  images: z.array(z.object({ id: ImageId, references: z.array(z.string().max(1000)).max(1000) })).max(10_000),
  records: z.array(RecordId).max(100_000),
  containers: z.array(ContainerId).max(10_000),
});
export type CleanUpChoice = z.infer<typeof CleanUpChoice>;

/** What all chosen things free together. */
export type CleanUpForecast = { freed?: FreedSpace };

/** The items that cost least to lose and free the bytes asked for; all that may go if they are not enough. */
export type CleanUpProposal = { keys: string[]; freed?: FreedSpace; isEnough: boolean };

/** What became of a clean-up. */
export type CleanUpResult = {
  kind: 'clean-up';
  /** Of what really went; absent if unknown. */
  freed?: FreedSpace;
  gone: { images: GoneImage[]; records: number; containers: number };
  /** What stayed, and why. */
  kept: { what: string; why: string }[];
};

export type GoneImage = Pick<ImageItem, 'id' | 'references' | 'formerly' | 'comesBack'>;
