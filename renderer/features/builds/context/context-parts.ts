import type { Amount, ContextFile, ContextFolder } from '../../../../contract/context-map.ts';

/** How much of a file or folder is sent. */
export type Fate = 'sent' | 'left' | 'partly';

/** A file or folder of the one that is shown. */
export type ContextPart = {
  /** Relative to the context; for the smaller ones together, a path that nothing else has. */
  path: string;
  name: string;
  kind: 'folder' | 'file' | 'rest';
  fate: Fate;
  sent: Amount;
  left: Amount;
  /** Whether there is something to see inside. */
  canOpen: boolean;
};

const none: Amount = { files: 0, bytes: 0 };

export const bytesIn = ({ sent, left }: Pick<ContextPart, 'sent' | 'left'>): number => sent.bytes + left.bytes;

/** The folder at a path, or the deepest one on the way that exists. */
export function folderAt(root: ContextFolder, path: readonly string[]): { folder: ContextFolder; path: string[] } {
  let folder = root;
  const found: string[] = [];
  for (const name of path) {
    const next = folder.children.find((child): child is ContextFolder => 'children' in child && child.name === name);
    if (!next) break;
    folder = next;
    found.push(name);
  }
  return { folder, path: found };
}

/** What a folder holds, the largest first, with the small things added up at the end. */
export function partsOf(folder: ContextFolder, path: readonly string[]): ContextPart[] {
  const parts = folder.children.map((child) => partOf(child, [...path, child.name].join('/')));
  const rest = folder.rest && restOf(folder, parts, path);
  return rest ? [...parts, rest] : parts;
}

function partOf(child: ContextFolder | ContextFile, path: string): ContextPart {
  const { name } = child;
  if ('children' in child) {
    const { sent, left, children } = child;
    return { path, name, kind: 'folder', fate: fateOf(sent, left), sent, left, canOpen: children.length > 0 };
  }
  const amount = { files: 1, bytes: child.bytes };
  const [sent, left] = child.isLeft ? [none, amount] : [amount, none];
  return { path, name, kind: 'file', fate: child.isLeft ? 'left' : 'sent', sent, left, canOpen: false };
}

function restOf(folder: ContextFolder, parts: ContextPart[], path: readonly string[]): ContextPart {
  const sent = minus(
    folder.sent,
    parts.map((part) => part.sent),
  );
  const left = minus(
    folder.left,
    parts.map((part) => part.left),
  );
  return { path: `${path.join('/')}//rest`, name: 'Smaller ones', kind: 'rest', fate: fateOf(sent, left), sent, left, canOpen: false };
}

const minus = (all: Amount, parts: Amount[]): Amount => ({
  files: all.files - parts.reduce((sum, { files }) => sum + files, 0),
  bytes: all.bytes - parts.reduce((sum, { bytes }) => sum + bytes, 0),
});

function fateOf(sent: Amount, left: Amount): Fate {
  if (left.files === 0) return 'sent';
  return sent.files === 0 ? 'left' : 'partly';
}
