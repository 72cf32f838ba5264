import * as z from 'zod';
import { RegistryHost } from './login.ts';
import { Digest, Reference } from './reference-schema.ts';
import { OneInRegistry, RepositoryPath, TagName } from './registry-browse.ts';
import type { RegistryFacts } from './transfer.ts';

/** Something to put into a list: what a registry has under a name, by its digest, or an image of the engine. A list brings all its platforms. */
export const ListPart = z.object({ from: z.enum(['registry', 'engine']), reference: Reference });
export type ListPart = z.infer<typeof ListPart>;

const Parts = z.array(ListPart).min(1).max(50);

export const ListAsked = z.object({ into: Reference, parts: Parts });

/** `chosen`: keys of the preview. `replaces`: what was under the name when one looked; null for nothing. */
export const ListRequest = z.object({
  into: Reference,
  parts: Parts,
  chosen: z.array(z.string().min(1).max(300)).min(1).max(1000),
  replaces: Digest.nullable(),
});
export type ListRequest = z.infer<typeof ListRequest>;

/** One platform that a list could have. */
export type ListEntry = {
  /** By what it is chosen. */
  key: string;
  /** `linux/arm64/v8`. */
  platform: string;
  /** The same for platforms of which a list can have only one: `linux/arm64` and `linux/arm64/v8`. */
  slot: string;
  /** The name that it comes from. */
  from: string;
  /** It is in the repository; the registry takes it from another of its repositories; it is sent; the engine pushes it. */
  way: 'there-already' | 'mount' | 'send' | 'push';
  /** Bytes of its packed layers. */
  size?: number;
  /** Bytes that go over the line; absent if unknown. */
  toSend?: number;
  /** How many statements about its build go along. */
  statements: number;
  /** The tag that the engine publishes it under, and what that tag leads to now. */
  tag?: { name: string; replaces?: string };
};

export type ListPreview = {
  entries: ListEntry[];
  target: RegistryFacts;
  /** What the name leads to now, with its platforms. */
  replaces?: { digest: string; platforms: Pick<ListEntry, 'platform' | 'slot'>[] };
};

/** The platforms of a list that can have tags of their own. */
export type ListPlatform = { digest: string; platform: string; size?: number; statements: number; proposed: string };

export const TakeApartAsked = OneInRegistry.extend({ tag: TagName });

/** `from`: what was under the tag when one looked; null for nothing. */
export const TakeApartRequest = z.object({
  registry: RegistryHost,
  repository: RepositoryPath,
  list: Digest,
  items: z
    .array(z.object({ digest: Digest, tag: TagName, from: Digest.nullable() }))
    .min(1)
    .max(100),
  /** Each tag leads to a list of its image and the statements about it, in place of the image alone. */
  withStatements: z.boolean(),
});
export type TakeApartRequest = z.infer<typeof TakeApartRequest>;

/** A tag that was put, and where it was before. */
export type PutTag = { tag: string; digest: string; from?: string };
