import * as z from 'zod';
import type { Builder } from './engine.ts';
import { Grant, type GrantedPath } from './file.ts';
import { isReference } from './reference.ts';

/** A git tag may be long; only its beginning is shown. */
export const longestWritten = 200;

const Reference = z.string().max(400).refine(isReference);

/** A path inside a build folder: relative, forward slashes, no way out. */
const InnerPath = z
  .string()
  .min(1)
  .max(1000)
  .refine((path) => !path.startsWith('/') && !path.includes('\\') && !path.includes('\0') && !path.split('/').includes('..'));

/** Which Dockerfile is meant: one in the folder by its path; for one outside of it, `dockerfile` is only its name. */
export const DockerfileChoice = z.object({ dockerfile: InnerPath, dockerfileFrom: Grant.optional() });
export type DockerfileChoice = z.infer<typeof DockerfileChoice>;

const VariableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
  .max(200);

/** A secret that a RUN may read while it runs (`--mount=type=secret,id=…`). Only where it lies is told, never what it is. */
export const BuildSecret = z.object({
  id: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\w.-]+$/),
  source: z.discriminatedUnion('from', [
    z.object({ from: z.literal('file'), file: Grant }),
    z.object({ from: z.literal('environment'), variable: VariableName }),
  ]),
});
export type BuildSecret = z.infer<typeof BuildSecret>;

/** Where a folder has a name for its image from. */
const NameSource = z.enum(['folder', 'VERSION', 'package.json', 'git tag', 'git commit']);

/** A tag that was proposed, where from, and how it is written there: `1.0.0` for the git tag `v1.0.0`. */
const ProposedTag = z.object({ from: NameSource, tag: z.string().min(1).max(128), written: z.string().min(1).max(longestWritten) });
export type ProposedTag = z.infer<typeof ProposedTag>;

/** Everything that decides what a build makes, but the folder. */
export const BuildInputs = z.object({
  ...DockerfileChoice.shape,
  references: z.array(Reference).min(1).max(20),
  /** What the first name's tag was taken from, so that it can follow it. */
  nameFrom: NameSource.optional(),
  /** All tags that the folder proposed when the names were chosen: one that it did not propose then is new. */
  proposed: z.array(ProposedTag).max(10).optional(),
  /** The stage to stop after; the last one where absent. */
  target: z.string().max(200).optional(),
  args: z.record(VariableName, z.string().max(20_000)).optional(),
  /** For example `linux/arm64`. */
  platform: z
    .string()
    .regex(/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/)
    .max(60)
    .optional(),
  noCache: z.boolean().optional(),
  pullBase: z.boolean().optional(),
  /** Images whose layers may be reused; those that the engine lacks are got first. */
  cacheFrom: z.array(Reference).max(20).optional(),
  /** Writes into the image what another computer needs to reuse its steps. BuildKit only. */
  inlineCache: z.boolean().optional(),
  labels: z.record(z.string().min(1).max(300), z.string().max(20_000)).optional(),
  network: z.enum(['default', 'none', 'host']).optional(),
  secrets: z.array(BuildSecret).max(50).optional(),
  /** Lets steps that ask for it (`--mount=type=ssh`) sign in with the keys of this computer's SSH agent. BuildKit only. */
  ssh: z.boolean().optional(),
});
export type BuildInputs = z.infer<typeof BuildInputs>;

export type BuildStepState = 'waiting' | 'running' | 'cached' | 'built' | 'failed' | 'cancelled';

/** Lines of a Dockerfile, from 1. */
export type LineRange = { first: number; last: number };

export type BuildStep = {
  id: string;
  /** The Dockerfile's stage; absent for the builder's own work ("load build context"). */
  stage?: string;
  /** The instruction as written, or the builder's own words. */
  instruction: string;
  /** Place in its stage, from 1. */
  number?: number;
  /** What it comes from in the Dockerfile; absent where that is not certain. */
  lines?: LineRange;
  /** Ids of the steps that it directly builds on. */
  needs?: string[];
  state: BuildStepState;
  /** Milliseconds since 1970. */
  startedAt?: number;
  seconds?: number;
  /** Bytes of a transfer inside the step: the context, a base image. */
  bytes?: { done: number; total?: number };
  error?: string;
};

export type BuildProgress = { builder: Builder; steps: BuildStep[] };

/** What a chosen folder holds for a build. */
export type BuildFolder = {
  /** Names to propose, the best first: from the folder, `VERSION`, `package.json`, the git tag. Two may propose the same. */
  suggestions: NameSuggestion[];
  dockerfiles: Dockerfile[];
  /** Why others could not be read, in one line each. */
  unreadable: string[];
  /** Path of the one that was asked for. */
  chosen?: string;
  /** What was chosen for this folder the last time, as far as it still holds. */
  lastInputs?: BuildInputs;
  /** Arguments of `lastInputs` that had values which were not kept, as they sound like secrets. */
  withheldArgs?: string[];
};

export type NameSuggestion = {
  /** For example `app:1.4.2`. */
  reference: string;
  from: z.infer<typeof NameSource>;
  /** The tag as it is written there; a very long one is cut. */
  written: string;
  /** Further names that are usual beside it: `app:1.4`, `app:1`, `app:latest`. */
  alsoAs: string[];
};

export type Dockerfile = {
  /** Relative to the folder, with `/`; whole, only to be shown, where it lies outside. */
  path: string;
  /** Stands for one that lies outside of the folder. */
  grant?: string;
  /** Named stages, in order. */
  stages: string[];
  /** `ARG` before use, with defaults. */
  args: { name: string; default?: string }[];
  /** Ids of the secrets that its RUNs ask for. */
  secrets: string[];
  /** Ids under which its RUNs ask for SSH keys; `default` where they name none. */
  ssh: string[];
};

/** An image that a Dockerfile asks for without a tag, as written, and the line that asks first. */
export type TaglessBase = { name: string; line: number };

/** A folder with the inputs that a form begins with: "change and try again". */
export type ReopenedBuild = {
  folder: GrantedPath;
  inputs: BuildInputs;
  /** Arguments whose values were not kept, as they sound like secrets: they have to be given again. */
  withheldArgs: string[];
};
