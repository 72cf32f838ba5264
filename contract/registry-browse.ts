import * as z from 'zod';
import type { Failure } from './failure.ts';
import { repositoryPart, tag } from './grammar.ts';
import { RegistryHost } from './login.ts';
import { Digest } from './reference-schema.ts';

/** The name of a repository without its registry: `acme/shop`. */
export const RepositoryPath = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => text.split('/').every((part) => repositoryPart.test(part)));
export const TagName = z.string().regex(tag);

/** A repository of a registry. */
export const InRegistry = z.object({ registry: RegistryHost, repository: RepositoryPath });

/** How many tags can be asked about at once: no screen shows more. */
export const mostAskedTags = 100;

/** What is asked of tags: only where they are, or also what is there, which some registries count as getting the image. */
export const TagDepth = z.enum(['digest', 'all']);

export const TagsAsked = z.object({
  ...InRegistry.shape,
  tags: z.array(TagName).min(1).max(mostAskedTags),
  depth: TagDepth,
});

export const OneInRegistry = z.object({ ...InRegistry.shape, digest: Digest });

/** Repositories of a registry, as they come. */
export type RepositoriesPart =
  /** `odd`: how many are left out because they are no names that an image can have. */
  | { kind: 'listed'; names: string[]; odd: number }
  /** The registry gives no list; these are known from the names of images on the engine. */
  | { kind: 'unlisted'; names: string[]; failure: Failure }
  /** There are more than are read. */
  | { kind: 'cut-off'; after: number };

/** Tags of a repository, as they come, in the registry's own order. `isUnknown`: the registry knows no such repository, or none with a tag. */
export type TagsPart = { names: string[]; odd: number; isCutOff?: true; isUnknown?: true };

/** What is under a tag; `other`: nothing that Layerdeck knows by its kind, such as a chart. */
export type TaggedKind = 'image' | 'list' | 'signature' | 'attestation' | 'other';

/** What a registry has under a tag. */
export type TagDetails = {
  digest: string;
  /** The rest is absent if only the digest was asked for. */
  kind?: TaggedKind;
  /** What the registry calls something that is no image: `application/vnd.cncf.helm.config.v1+json`. */
  artifactType?: string;
  /** `linux/arm64/v8`, in the list's own order. */
  platforms?: string[];
  /** Of a list: the platform that size and date are of. */
  sizeFor?: string;
  /** Packed bytes. */
  size?: number;
  /** Milliseconds since 1970; absent if the image doesn't say. */
  createdAt?: number;
  /** All digests by which an engine may know it: its own, those of its platforms, and what is its id with older image stores. */
  ids?: string[];
};

export type TagAnswer = { tag: string } & ({ details: TagDetails } | { isGone: true } | { failure: Failure });

/** One image in a registry, looked at closely. */
export type RemoteLook = TagDetails & {
  /** The lowest first; `instruction` is empty if the image doesn't say what made it. */
  layers: { size: number; instruction: string }[];
  /** What is attached to it, by the registry's own names: signatures, bills of materials. */
  attached: { kind: TaggedKind; artifactType: string; digest: string }[];
};
