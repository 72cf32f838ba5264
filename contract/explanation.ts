import type { Builder } from './engine.ts';

/** Why the steps of a build were built again. Inferred from what Layerdeck recorded of this build and the one before. */
export type BuildExplanation = {
  /** The build it is compared with: the last one of the same folder, Dockerfile and target. Absent at a first build. */
  comparedWith?: { id: string; at: number };
  /** Only steps that were built and not taken from the cache, and only where a build to compare with is known. */
  steps: StepExplanation[];
  /** Seconds that the cached steps took when they were last built, as far as that was recorded. */
  savedSeconds?: number;
};

export type StepExplanation = {
  /** The step's id in the build's progress. */
  step: string;
  /** What changed for this step itself; empty where it only follows another. */
  causes: StepCause[];
  /** Ids of the steps before it that were built again, each of which makes this one be built again too. */
  follows: string[];
};

export type StepCause =
  /** `isAbove`: not the step's own line, but one above it that it depends on. */
  | { kind: 'instruction-changed'; before: string; after: string; isAbove?: true }
  | { kind: 'instruction-new' }
  | { kind: 'instruction-removed'; before: string }
  | { kind: 'base-moved'; reference: string; before: string; after: string }
  /** Without values where the name sounds like a secret's. */
  | { kind: 'arg-changed'; name: string; before?: string; after?: string }
  | { kind: 'files-changed' /** The first ones. */; changes: FileChange[]; total: number; isAbove?: true }
  | { kind: 'option-changed'; option: 'platform' | 'network'; before?: string; after?: string }
  | { kind: 'no-cache' }
  /** The engine no longer had the result: it was pruned (seen), the image was removed (looked up), or nothing else is left. */
  | { kind: 'cache-gone'; evidence: 'pruned' | 'image-removed' | 'nothing-changed'; at?: number }
  | { kind: 'other-builder'; before: Builder; after: Builder }
  | { kind: 'other-engine' }
  /** The build before had failed or was stopped before this step was done. */
  | { kind: 'not-finished-before' }
  | { kind: 'unknown'; reason: string };

export type FileChange = { path: string; differences: FileDifference[] };

export type FileDifference =
  | { what: 'added' | 'removed' | 'content' | 'capabilities' }
  | { what: 'mode' /** Octal, for example `644`. */; before: string; after: string }
  | { what: 'type'; before: FileType; after: FileType }
  | { what: 'target'; before: string; after: string };

export type FileType = 'file' | 'folder' | 'link' | 'other';
