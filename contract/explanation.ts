import type { Builder } from './engine.ts';

/** Why the steps of a build were built again. Inferred from what Layerdeck recorded of this build and the one before. */
export type BuildExplanation = {
  /** The build it is compared with: the last one of the same folder, Dockerfile and target. Absent at a first build. */
  comparedWith?: { id: string; at: number };
  /** Only steps that were built and not taken from the cache, and only where a build to compare with is known. */
  steps: StepExplanation[];
  /** Seconds that the cached steps took when they were last built, as far as that was recorded. */
  savedSeconds?: number;
  /** Of a build that has ended and that there is none to compare with. */
  first?: FirstBuild;
};

export type FirstBuild = {
  /** What no earlier build is known of: of the folder, or of the folder with this Dockerfile and stage that can be compared. */
  of: 'folder' | 'dockerfile';
  /** Images of this engine that are worth a comparison, the likeliest first. */
  comparable: ComparableImage[];
};

/** `steps`: it ends with steps that read like those of the Dockerfile. `name`: it has, or had in a registry, another tag of the same name. */
export type ComparableImage = { image: string; name: string; because: 'steps' | 'name' };

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
  /** Its line is the same, but the stage that it takes files from (by number or name) is another one now. */
  | { kind: 'other-stage'; from: string }
  | { kind: 'base-moved'; reference: string; before: string; after: string }
  /** Without values where the name sounds like a secret's. */
  | { kind: 'arg-changed'; name: string; before?: string; after?: string }
  | { kind: 'files-changed' /** The first ones. */; changes: FileChange[]; total: number; isAbove?: true }
  | { kind: 'option-changed'; option: 'platform' | 'network' | 'labels'; before?: string; after?: string }
  | { kind: 'no-cache' }
  /** The engine no longer had the result: it was pruned (seen), the image was removed (looked up), or nothing else is left. */
  | { kind: 'cache-gone'; evidence: 'pruned' | 'image-removed' | 'nothing-changed'; at?: number }
  | { kind: 'other-builder'; before: Builder; after: Builder }
  | { kind: 'other-engine' }
  /**
   * Steps were to be taken from these images, which did not give this one. `isOnly`: and from nothing else, as the classic
   * builder does then; BuildKit takes them only from images that were built with a record of their steps.
   */
  | { kind: 'cache-sources'; images: string[]; isOnly: boolean }
  /**
   * An image that this engine got from a registry begins with the same steps, so many of the Dockerfile's last stage, which
   * the classic builder only looks for where it is told to.
   */
  | { kind: 'not-reused'; image: string; count: number }
  /** The build before had failed or was stopped before this step was done. */
  | { kind: 'not-finished-before' }
  | { kind: 'unknown'; reason: string };

/** `looksLike`: a name that came or went in its place and looks the same on a screen. */
export type FileChange = { path: string; differences: FileDifference[]; looksLike?: string };

export type FileDifference =
  | { what: 'added' | 'removed' | 'content' | 'capabilities' }
  /** It is where it was: the ignore file leaves it out now, or no longer. */
  | { what: 'ignored' | 'no-longer-ignored' }
  /** It was sent the one time and not the other; whether the file or what is ignored changed is not known. */
  | { what: 'sent' | 'no-longer-sent' }
  /** For the classic builder a file of its own and a second name of another file are two things, whatever is in them. */
  | { what: 'hard-link' /** The path that it is another name of; absent for a file of its own. */; before?: string; after?: string }
  | { what: 'mode' /** Octal, for example `644`. */; before: string; after: string }
  | { what: 'type'; before: FileType; after: FileType }
  | { what: 'target'; before: string; after: string };

export type FileType = 'file' | 'folder' | 'link' | 'other';
