/** A way to make a Dockerfile better. It is never applied unasked. */
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
  /** What to write instead. */
  suggestion?: string;
  /** What it would have saved in the last build, if known. */
  saves?: { seconds?: number; bytes?: number };
};
