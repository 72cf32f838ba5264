import type { Builder } from './engine.ts';

/** Why a build's steps were built again. Inferred from Layerdeck's records of this build and the one before. */
export type BuildExplanation = {
  /** The build it is compared with: the last one of the same folder, Dockerfile and target. Absent for a first build. */
  comparedWith?: { id: string; at: number };
  /** Only steps that did not come from the cache, and only if there is a build to compare with. */
  steps: StepExplanation[];
  /** Seconds that the cached steps took when they were last built, as far as that was recorded. */
  savedSeconds?: number;
  /** For a build that has ended and has no earlier build to compare with. */
  first?: FirstBuild;
};

export type FirstBuild = {
  /** What has no earlier build: the folder, the folder with this Dockerfile and stage, or, where no folder is known, the name. */
  of: 'folder' | 'dockerfile' | 'name';
  /** Images on this engine that are worth comparing with, the likeliest first. */
  comparable: ComparableImage[];
};

/** `steps`: its last steps read like the Dockerfile's. `name`: it has, or had in a registry, another tag of the same name. */
export type ComparableImage = { image: string; name: string; because: 'steps' | 'name' };

export type StepExplanation = {
  /** The step's id in the build's progress. */
  step: string;
  /** What changed for this step itself; empty where it only follows another. */
  causes: StepCause[];
  /** Ids of earlier steps that were built again and so forced this one to be built again. */
  follows: string[];
};

export type StepCause =
  /** `isAbove`: not the step's own line, but one above that it depends on. */
  | { kind: 'instruction-changed'; before: string; after: string; isAbove?: true }
  | { kind: 'instruction-new' }
  | { kind: 'instruction-removed'; before: string }
  /** Its line is the same, but the stage it takes files from (by number or name) is now a different one. */
  | { kind: 'other-stage'; from: string }
  | { kind: 'base-moved'; reference: string; before: string; after: string }
  /** Has no values if the name sounds secret. */
  | { kind: 'arg-changed'; name: string; before?: string; after?: string }
  | { kind: 'files-changed' /** Only the first few. */; changes: FileChange[]; total: number; isAbove?: true }
  | { kind: 'option-changed'; option: 'platform' | 'network' | 'labels'; before?: string; after?: string }
  | { kind: 'no-cache' }
  /** The engine no longer had the result: it was pruned (seen), its image was removed (looked up), or nothing else explains it. */
  | { kind: 'cache-gone'; evidence: 'pruned' | 'image-removed' | 'nothing-changed'; at?: number }
  | { kind: 'other-builder'; before: Builder; after: Builder }
  | { kind: 'other-engine' }
  /**
   * The build was told to reuse steps of these images, and they did not have this one. `isOnly`: nothing else was considered, as
   * with the classic builder; BuildKit reuses steps only of images that were built with a record of their steps.
   */
  | { kind: 'cache-sources'; images: string[]; isOnly: boolean }
  /**
   * An image that this engine pulled from a registry begins with the same steps, `count` of the Dockerfile's last stage. The
   * classic builder looks there only when told to.
   */
  | { kind: 'not-reused'; image: string; count: number }
  /** The build before failed or was stopped before this step was done. */
  | { kind: 'not-finished-before' }
  | { kind: 'unknown'; reason: string };

/** `looksLike`: a name that came or went in its place and looks the same on screen. */
export type FileChange = { path: string; differences: FileDifference[]; looksLike?: string };

export type FileDifference =
  | { what: 'added' | 'removed' | 'content' | 'capabilities' }
  /** The file is where it was, but the ignore file now leaves it out, or no longer does. */
  | { what: 'ignored' | 'no-longer-ignored' }
  /** It was sent one time and not the other; whether the file or the ignore file changed is unknown. */
  | { what: 'sent' | 'no-longer-sent' }
  /** The classic builder tells a separate file from a second name for another file, even if their content is the same. */
  | { what: 'hard-link' /** The path that it is another name for; absent for a separate file. */; before?: string; after?: string }
  | { what: 'mode' /** Octal, for example `644`. */; before: string; after: string }
  | { what: 'type'; before: FileType; after: FileType }
  | { what: 'target'; before: string; after: string };

export type FileType = 'file' | 'folder' | 'link' | 'other';
