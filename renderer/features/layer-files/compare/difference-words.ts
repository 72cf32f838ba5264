import type { CompareRow, PlaceFacts } from '../../../../contract/compare.ts';
import { bytes, capitalised, count } from '../../../ui/format.ts';
import { kindWords, octal } from '../file-words.ts';

const minus = '\u2212';

/** "+28.6 MB", "−912 B"; empty if both are as large. */
export function differenceWords(first: number, second: number): string {
  if (first === second) return '';
  return `${second > first ? '+' : minus}${bytes(Math.abs(second - first))}`;
}

/** What a line says of how it differs, besides its bytes: "mode 644 → 755, can now be run". */
export function rowWords({ change, kind, aspects, facts: [first, second], sums }: CompareRow): string {
  const inIt = sums.added + sums.changed + sums.removed;
  if (kind === 'folder' && change !== 'changed') return inIt > 0 ? count(inIt, 'file') : change ? 'empty folder' : '';
  if (change !== 'changed' || !first || !second) return '';
  return aspects.flatMap((aspect) => aspectWords(aspect, first, second)).join(', ');
}

function aspectWords(aspect: CompareRow['aspects'][number], first: PlaceFacts, second: PlaceFacts): string[] {
  switch (aspect) {
    case 'kind':
      return [`${kindWords(first.kind).toLowerCase()} → ${kindWords(second.kind).toLowerCase()}`];
    case 'content':
      return first.size === second.size ? ['other content of the same size'] : [];
    case 'link':
      return [second.kind === 'symlink' ? 'leads elsewhere' : 'another device'];
    case 'mode':
      return [modeWords(first, second)];
    case 'owner':
      return [`owner ${first.uid}:${first.gid} → ${second.uid}:${second.gid}`];
    case 'attributes':
      return ['other attributes'];
    case 'time':
      return ['another time'];
  }
}

const anyRun = 0o111;

function modeWords(first: PlaceFacts, second: PlaceFacts): string {
  const words = `mode ${octal(first.mode)} → ${octal(second.mode)}`;
  if (second.kind === 'folder') return words;
  const [could, can] = [first.mode & anyRun, second.mode & anyRun];
  return can && !could ? `${words}, can now be run` : could && !can ? `${words}, can’t be run any more` : words;
}

/** How one file differs, in whole words for the head of its page. */
export function changeSentence(row: CompareRow, [one, other]: [string, string]): string {
  if (row.change === 'added') return `Only in ${other}`;
  if (row.change === 'removed') return `Only in ${one}`;
  const words = rowWords(row);
  const [first, second] = row.facts;
  const grown = first && second && row.aspects.includes('content') ? differenceWords(first.size, second.size) : '';
  const told = [grown && `${grown.startsWith(minus) ? 'smaller' : 'larger'} by ${grown.slice(1)}`, words].filter(Boolean).join(', ');
  return told === '' ? 'Something in it differs' : capitalised(told);
}
