import * as z from 'zod';
import type { Builder } from './engine.ts';
import { Grant, type GrantedPath } from './file.ts';
import { platform, secretId, variableName } from './grammar.ts';
import { isReference } from './reference.ts';

/** The most characters shown of a version as it is written: a git tag may be long. */
export const longestWritten = 200;

const Reference = z.string().max(400).refine(isReference);

/** A path inside a build folder: relative, forward slashes, no way out. */
const InnerPath = z
  .string()
  .min(1)
  .max(1000)
  .refine((path) => !path.startsWith('/') && !path.includes('\\') && !path.includes('\0') && !path.split('/').includes('..'));

/** Which Dockerfile to use: one in the folder by its path, or one outside by its grant; then `dockerfile` is only its name. */
export const DockerfileChoice = z.object({ dockerfile: InnerPath, dockerfileFrom: Grant.optional() });
export type DockerfileChoice = z.infer<typeof DockerfileChoice>;

export const VariableName = z.string().regex(variableName);

/** A secret that a RUN may read while it runs (`--mount=type=secret,id=…`). It says where the secret is, never what it is. */
export const BuildSecret = z.object({
  id: z.string().regex(secretId),
  source: z.discriminatedUnion('from', [
    z.object({ from: z.literal('file'), file: Grant }),
    z.object({ from: z.literal('environment'), variable: VariableName }),
  ]),
});
export type BuildSecret = z.infer<typeof BuildSecret>;

/** Where a folder's name for its image comes from. */
const NameSource = z.enum(['folder', 'VERSION', 'package.json', 'git tag', 'git commit']);

/** A proposed tag, its source, and how it is written there: tag `1.0.0`, written `v1.0.0` in git. */
const ProposedTag = z.object({ from: NameSource, tag: z.string().min(1).max(128), written: z.string().min(1).max(longestWritten) });
export type ProposedTag = z.infer<typeof ProposedTag>;

/** Everything that decides what a build makes, except the folder. */
export const BuildInputs = z.object({
  ...DockerfileChoice.shape,
  references: z.array(Reference).min(1).max(20),
  /** The source of the first name's tag, so that the tag can follow it. */
  nameFrom: NameSource.optional(),
  /** All tags that the folder proposed when the names were chosen; any other tag it proposes later is new. */
  proposed: z.array(ProposedTag).max(10).optional(),
  /** The stage to stop after; the last one if absent. */
  target: z.string().max(200).optional(),
  args: z.record(VariableName, z.string().max(20_000)).optional(),
  /** For example `linux/arm64`. */
  platform: z.string().regex(platform).optional(),
  noCache: z.boolean().optional(),
  pullBase: z.boolean().optional(),
  /** Images whose layers may be reused; those that the engine lacks are pulled first. */
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
  /** The Dockerfile's lines that it comes from; absent where that is uncertain. */
  lines?: LineRange;
  /** Ids of the steps that it directly builds on. */
  needs?: string[];
  state: BuildStepState;
  /** Milliseconds since 1970. */
  startedAt?: number;
  seconds?: number;
  /** How many steps the base image adds (ONBUILD); the classic builder runs them inside FROM. */
  triggers?: number;
  /** Bytes of a transfer inside the step: the context, a base image. */
  bytes?: { done: number; total?: number };
  error?: string;
};

export type BuildProgress = { builder: Builder; steps: BuildStep[] };

/** What a chosen folder offers for a build. */
export type BuildFolder = {
  /** Names to propose, the best first: from the folder, `VERSION`, `package.json`, the git tag. Two sources may propose the same name. */
  suggestions: NameSuggestion[];
  dockerfiles: Dockerfile[];
  /** Why other Dockerfiles could not be read, one line each. */
  unreadable: string[];
  /** Path of the Dockerfile that was asked for. */
  chosen?: string;
  /** What was chosen for this folder last time, as far as it still applies. */
  lastInputs?: BuildInputs;
  /** Arguments of `lastInputs` whose values were not stored because their names sound secret. */
  withheldArgs?: string[];
};

export type NameSuggestion = {
  /** For example `app:1.4.2`. */
  reference: string;
  from: z.infer<typeof NameSource>;
  /** The tag as written at its source; a very long one is cut. */
  written: string;
  /** More names that usually go with it: `app:1.4`, `app:1`, `app:latest`. */
  alsoAs: string[];
};

export type Dockerfile = {
  /** Relative to the folder, with `/`; absolute and for display only if the file is outside. */
  path: string;
  /** Stands for a file outside the folder. */
  grant?: string;
  /** Named stages, in order. */
  stages: string[];
  /** The Dockerfile's `ARG`s, with their defaults. */
  args: { name: string; default?: string }[];
  /** Ids of the secrets that its RUN lines ask for. */
  secrets: string[];
  /** Ids under which its RUN lines ask for SSH keys; `default` if a line names none. */
  ssh: string[];
};

/** An image that a Dockerfile names without a tag, as written, and the first line that names it. */
export type TaglessBase = { name: string; line: number };

/** A folder and the inputs a form starts with, for "change and try again". */
export type ReopenedBuild = {
  folder: GrantedPath;
  inputs: BuildInputs;
  /** Arguments whose values were not stored because their names sound secret; they have to be given again. */
  withheldArgs: string[];
};
