import * as z from 'zod';
import { AtEngine } from './engine.ts';
import { isWithoutTag } from './reference.ts';
import { Reference } from './reference-schema.ts';
import type { TaskKind } from './task.ts';

/** What a tag did: it came, moved from one image to another, or was removed. Images by id; in a registry, by digest. */
export type TagMove = {
  /** Where it was before; absent if there was no such tag. */
  from?: string;
  /** Since when it is known to have been there. Milliseconds since 1970, as all times here. */
  fromSince?: number;
  /** Where it was then; absent if it was removed. */
  to?: string;
  /** Until then it is known to have been where it was before. */
  since: number;
  /** When it moved if that is known; otherwise it happened at some time after `since`, and at the latest then. */
  at: number;
  isExact: boolean;
  /** What of this app did it; absent if another program did, or if nobody knows. */
  by?: { kind: TaskKind; task: string };
};

/** One tag of a repository, as far as it is remembered. */
export type TagLine = {
  tag: string;
  /** Where it is as far as is known, and since when that is known; absent if it was removed. */
  now?: string;
  nowSince?: number;
  /** The oldest first. */
  moves: TagMove[];
  /** How many older moves are remembered. */
  older: number;
};

export type TagTimeline = {
  /** Since when moves are remembered here; absent if nothing was ever seen here. */
  since?: number;
  /** When it was last seen what the tags are. */
  seen?: number;
  /** Those that moved last come first. */
  lines: TagLine[];
  /** By which registries may know the images, `repository@sha256:…`, as far as the engine ever said. */
  digests: Record<string, string[]>;
  /** How many more tags there are than are listed. */
  omitted: number;
};

/** A repository of which tags are remembered. That a tag came or was removed is no move; `lastAt` is when anything happened to one. */
export type RememberedRepository = { repository: string; tags: number; moves: number; lastAt?: number };

/** A repository as the engine writes it, which need not follow the grammar. */
const RepositoryName = z.string().min(1).max(300);

/** A repository of a registry: `ghcr.io/acme/shop`. */
export const RegistryRepository = Reference.refine((text) => isWithoutTag(text));

/** `from`: milliseconds since 1970, before which moves are only counted. With `inRegistry`, those of the registry that the name leads to. */
export const TagQuestion = z.object({
  repository: RepositoryName,
  from: z.number().int().nonnegative(),
  /** Only tags that contain this. */
  containing: z.string().max(128).optional(),
  inRegistry: z.boolean().optional(),
  ...AtEngine.shape,
});
