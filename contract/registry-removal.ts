import * as z from 'zod';
import type { Failure } from './failure.ts';
import { RegistryHost } from './login.ts';
import { Digest } from './reference-schema.ts';
import { InRegistry, RepositoryPath, TagName } from './registry-browse.ts';

/** How many tags can go at once. */
const most = 5000;
/** How many further tags of their images can go along. */
export const mostAgreed = 20_000;

/** A tag and where it was seen: what has moved since then stays. */
export const SeenTag = z.object({ tag: TagName, digest: Digest });
export type SeenTag = z.infer<typeof SeenTag>;

/** What goes: just these tags, so that others of their images stay, or the images with all their tags. */
export const RemovalScope = z.enum(['tags', 'images']);
export type RemovalScope = z.infer<typeof RemovalScope>;

export const RemovalAsked = z.object({ ...InRegistry.shape, tags: z.array(TagName).min(1).max(most) });

/** `agreed`: further tags of the images, which the person saw and lets go as well. */
export const RemovalRequest = z.object({
  registry: RegistryHost,
  repository: RepositoryPath,
  items: z.array(SeenTag).min(1).max(most),
  scope: RemovalScope,
  agreed: z.array(TagName).max(mostAgreed),
});
export type RemovalRequest = z.infer<typeof RemovalRequest>;

/** How a registry lets tags go: one alone, or only an image with all its tags, which leaves a tag alone to be led elsewhere first. */
export type RemovalWay = 'alone' | 'by-digest';

/** An image of which tags were chosen. */
export type RemovalItem = {
  digest: string;
  tags: string[];
  /** Further tags of the same image, which were not chosen: as many as may go along. */
  siblings: string[];
  /** Tags of lists that have this image as one of their platforms, and stay: the image itself has to stay with them. A thousand at most. */
  partOf: string[];
};

export type RemovalPart =
  /** So many tags of the repository have been asked about: which of them lead to the same images, no registry tells by itself. */
  | { kind: 'reading'; done: number; total: number }
  /** The registry doesn't let anything go. */
  | { kind: 'impossible'; failure: Failure }
  /** `gone`: chosen, but no longer there. `unreadable`: tags of the repository of which it isn't known where they lead. */
  | { kind: 'preview'; way: RemovalWay; items: RemovalItem[]; gone: string[]; unreadable: string[] };

/** Which tags are old. Whatever is given has to hold for a tag. */
export const OldRule = z.object({
  /** So many of the newest images stay, with all their tags. */
  keepNewest: z.number().int().nonnegative().max(100_000).optional(),
  olderThanDays: z.number().int().nonnegative().max(36_500).optional(),
  /** `nightly-*`: “*” stands for anything, “?” for one letter. */
  named: z.string().max(200).optional(),
});
export type OldRule = z.infer<typeof OldRule>;

export const OldAsked = z.object({ ...InRegistry.shape, rule: OldRule });

export type OldPart =
  | { kind: 'reading'; done: number; total: number }
  /** `undated`: tags with the name whose images don't say when they were built, and so stay. `unreadable`: those that can't be read. */
  | { kind: 'found'; tags: (SeenTag & { createdAt: number })[]; undated: number; unreadable: number };
