import type { FileChange, FileDifference } from '../../../../contract/explanation.ts';
import { IgnorePatterns } from '../ignore-patterns.ts';
import type { SentHow } from './compare-contexts.ts';

/** How to describe a file that was sent in only one of two builds. "Added" and "removed" are used only if no ignore file did it. */
export function presenceDifferences(before: SentHow, after: SentHow) {
  const [was, is] = [leavesOut(before), leavesOut(after)];
  // an excluded folder is still sent if something below it is included again
  const isFreed = (path: string) => was?.(path) && !is?.(path);
  const isCaught = (path: string) => is?.(path) && !was?.(path);
  const isKnown = (path: string) => was && is && !(was(path) && is(path));
  return {
    come: (path: string): FileDifference => ({ what: !isKnown(path) ? 'sent' : isFreed(path) ? 'no-longer-ignored' : 'added' }),
    gone: (path: string): FileDifference => ({ what: !isKnown(path) ? 'no-longer-sent' : isCaught(path) ? 'ignored' : 'removed' }),
  };
}

function leavesOut({ ignoreLines }: SentHow): ((path: string) => boolean) | undefined {
  if (!ignoreLines) return undefined;
  const patterns = new IgnorePatterns(ignoreLines);
  return (path) => patterns.matches(path);
}

const whatCame = new Set(['added', 'no-longer-ignored', 'sent']);
const whatWent = new Set(['removed', 'ignored', 'no-longer-sent']);

/** Whether the file was sent in only one of the two builds. */
export const isInOneOnly = ({ differences: [only] }: FileChange): boolean =>
  only !== undefined && (whatCame.has(only.what) || whatWent.has(only.what));

/** Marks a new name that looks the same as one that went: for example, with an accent as a separate character. */
export function withLookalikes(changes: FileChange[]): FileChange[] {
  const gone = namesByLook(changes, whatWent);
  const come = namesByLook(changes, whatCame);
  return changes.map((change) => {
    const what = change.differences[0]?.what ?? '';
    const others = whatCame.has(what) ? gone : whatWent.has(what) ? come : undefined;
    const looksLike = others?.get(lookOf(change.path));
    return looksLike === undefined ? change : { ...change, looksLike };
  });
}

const namesByLook = (changes: FileChange[], whats: ReadonlySet<string>): Map<string, string> =>
  new Map(changes.filter(({ differences: [only] }) => whats.has(only?.what ?? '')).map(({ path }) => [lookOf(path), path]));

// without invisible characters, and with all kinds of spaces as plain ones
const lookOf = (path: string): string => path.replace(/\u00ad|[\u200b-\u200f]|\u2060|\ufeff|\ufe0e|\ufe0f/g, '').normalize('NFKC');
