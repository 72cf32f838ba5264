import type { Builder } from './engine.ts';

export type BuildStepState = 'waiting' | 'running' | 'cached' | 'built' | 'failed' | 'cancelled';

export type BuildStep = {
  id: string;
  /** The Dockerfile's stage; absent for the builder's own work ("load build context"). */
  stage?: string;
  /** The instruction as written, or the builder's own words. */
  instruction: string;
  /** Place in its stage, from 1. */
  number?: number;
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
  /** Proposed from the folder's name. */
  suggestedReference: string;
  dockerfiles: Dockerfile[];
  hasIgnoreFile: boolean;
};

export type Dockerfile = {
  /** Relative to the folder, with `/`. */
  path: string;
  /** Named stages, in order. */
  stages: string[];
  /** `ARG` before use, with defaults. */
  args: { name: string; default?: string }[];
};
