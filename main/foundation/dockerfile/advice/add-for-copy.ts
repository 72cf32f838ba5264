import type { Advice } from '../../../../contract/advice.ts';
import type { Instruction } from '../read-instructions.ts';

const archive = /\.(?:tar|tgz|tbz2?|txz|tzst|gz|bz2|xz|zst)(?:\.\w+)?$/i;

/** Advises COPY in place of an ADD that only copies. */
export const adviseAddForCopy = (instructions: Instruction[]): Advice[] =>
  instructions.filter(onlyCopies).map(({ line, lastLine, text }) => ({
    rule: 'add-for-copy',
    line,
    lastLine,
    title: 'COPY is enough here',
    reason: 'ADD also unpacks archives and downloads files, so it’s hard to be sure what it does. COPY only copies.',
    suggestion: text.replace(/^ADD/i, 'COPY'),
  }));

function onlyCopies({ keyword, text, sources, isRemote }: Instruction): boolean {
  if (keyword !== 'ADD' || isRemote || sources.length === 0) return false;
  // flags that only ADD has, and here-documents in place of files
  if (/\s--(?:checksum|keep-git-dir|unpack)\b/.test(text) || text.includes('<<')) return false;
  // a variable or a wildcard may stand for an archive
  return !text.includes('$') && sources.every((source) => !archive.test(source) && !/[*?[]/.test(source));
}
