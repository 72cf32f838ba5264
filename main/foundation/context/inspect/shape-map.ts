import type { Amount, ContextFile, ContextFolder } from '../../../../contract/context-map.ts';
import type { MeasuredFolder } from './measure-context.ts';

/** The most files and folders shown separately in a map, and in one of its folders. */
const mostNodes = 2000;
const mostInFolder = 250;
/** The deepest nesting; a message to the window cannot be much deeper. */
const deepest = 200;

type Open = { measured: MeasuredFolder; shown: ContextFolder; depth: number };

/** The map to show for a folder: the largest folders are opened first, until there are enough parts; the rest is summed. */
export function shapeMap(root: MeasuredFolder): ContextFolder {
  const top = closed(root);
  const waiting: Open[] = [{ measured: root, shown: top, depth: 0 }];
  let left = mostNodes - 1;
  while (left > 0 && waiting.length > 0) {
    const { measured, shown, depth } = takeLargest(waiting);
    const all = [...measured.folders, ...measured.files].sort(bySize);
    const chosen = all.slice(0, Math.min(mostInFolder, left));
    left -= chosen.length;
    shown.children = chosen.map((part) => (isFolder(part) ? closed(part) : part));
    for (const [place, part] of chosen.entries()) {
      const below = shown.children[place];
      if (depth < deepest && isFolder(part) && below && 'children' in below)
        waiting.push({ measured: part, shown: below, depth: depth + 1 });
    }
    setRest(shown, all.slice(chosen.length).map(amountOf));
  }
  return top;
}

/** A folder whose content is shown only as a sum. */
function closed({ name, sent, left }: MeasuredFolder): ContextFolder {
  const folder: ContextFolder = { name, sent, left, children: [] };
  setRest(folder, [sent, left]);
  return folder;
}

function setRest(folder: ContextFolder, amounts: Amount[]): void {
  const rest = amounts.reduce((sum, { files, bytes }) => ({ files: sum.files + files, bytes: sum.bytes + bytes }), { files: 0, bytes: 0 });
  if (rest.files > 0) folder.rest = rest;
  else delete folder.rest;
}

function takeLargest(waiting: Open[]): Open {
  let best = 0;
  for (const [place, { measured }] of waiting.entries()) {
    const other = waiting[best];
    if (other && bySize(measured, other.measured) < 0) best = place;
  }
  const [largest] = waiting.splice(best, 1);
  return largest as Open;
}

const isFolder = (part: MeasuredFolder | ContextFile): part is MeasuredFolder => 'folders' in part;

const amountOf = (part: MeasuredFolder | ContextFile): Amount =>
  isFolder(part) ? { files: part.sent.files + part.left.files, bytes: part.sent.bytes + part.left.bytes } : { files: 1, bytes: part.bytes };

function bySize(a: MeasuredFolder | ContextFile, b: MeasuredFolder | ContextFile): number {
  const [one, other] = [amountOf(a), amountOf(b)];
  return other.bytes - one.bytes || other.files - one.files || (a.name < b.name ? -1 : 1);
}
