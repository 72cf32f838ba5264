import type { FileChange, FileDifference } from '../../../contract/explanation.ts';
import { IgnorePatterns } from '../ignore-patterns.ts';
import type { SentHow } from './compare-contexts.ts';

/** How it is said that a file was sent in one of two builds alone. That it came or went is said only where no ignore file did it. */
export function comingAndGoing(before: SentHow, after: SentHow) {
  const [was, is] = [leavesOut(before), leavesOut(after)];
  // a folder that is left out is sent all the same with what is taken in again below it
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

/** Whether it was sent in one of the two builds alone. */
export const isOnlyThere = ({ differences: [only] }: FileChange): boolean =>
  only !== undefined && (whatCame.has(only.what) || whatWent.has(only.what));

/** Tells of a name that came where one went that looks the same: an accent as a character of its own, for example. */
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

// without what no screen shows, and every space as the usual one
const lookOf = (path: string): string => path.replace(/\u00ad|[\u200b-\u200f]|\u2060|\ufeff|\ufe0e|\ufe0f/g, '').normalize('NFKC');
