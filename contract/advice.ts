/** A way to make a Dockerfile better. It is never carried out unasked. */
export type Advice = {
  rule:
    | 'copy-before-install'
    | 'join-runs'
    | 'add-for-copy'
    | 'unpack-with-add'
    | 'only-last-counts'
    | 'unpinned-base'
    | 'no-ignore-file'
    | 'secret-in-arg';
  /** Line in the Dockerfile, from 1. */
  line: number;
  lastLine: number;
  title: string;
  reason: string;
  /** What one could write instead. */
  suggestion?: string;
  /** What it would have saved in the last build, where that is known. */
  saves?: { seconds?: number; bytes?: number };
};
