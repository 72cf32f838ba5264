import type { FileAspect, FileChange, FileCost, FileDetails, FileEvent, FileKind, WasteItem } from '../../../contract/layer-files.ts';
import { bytes, count, listed } from '../../ui/format.ts';

export const changeWords: Record<FileChange, string> = { added: 'added', changed: 'changed', removed: 'removed' };

const kinds: Record<FileKind, string> = {
  file: 'File',
  folder: 'Folder',
  symlink: 'Symbolic link',
  'character-device': 'Character device',
  'block-device': 'Block device',
  fifo: 'Named pipe',
  'link-below': 'Hard link to a file that is missing',
};

export const kindWords = (kind: FileKind): string => kinds[kind];

const letters: Record<FileKind, string> = {
  file: '-',
  folder: 'd',
  symlink: 'l',
  'character-device': 'c',
  'block-device': 'b',
  fifo: 'p',
  'link-below': '-',
};

/** The mode as ls prints it: "-rw-r--r--". */
export function modeLetters(kind: FileKind, mode: number): string {
  const triple = (shift: number, special: number, letter: string): string => {
    const bits = (mode >> shift) & 7;
    const runs = mode & special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${runs}`;
  };
  return letters[kind] + triple(6, 0o4000, 's') + triple(3, 0o2000, 's') + triple(0, 0o1000, 't');
}

/** What a mode means: "Everyone can read it, only its owner can change it". */
export function modeWords(kind: FileKind, mode: number): string {
  const isFolder = kind === 'folder';
  const read = isFolder ? 'look into it' : 'read it';
  const write = isFolder ? 'put files there' : 'change it';
  // a folder is looked into by entering it
  const readers = who(mode, isFolder ? 0o5 : 0o4);
  const writers = who(mode, 0o2);
  const runners = isFolder ? 'nobody' : who(mode, 0o1);
  const parts: string[] = [];
  if (readers === writers) parts.push(`${readers} can ${listed([read, write])}`);
  else parts.push(`${readers} can ${read}`, `${writers === 'its owner' ? 'only its owner' : writers} can ${write}`);
  if (runners !== 'nobody') parts.push(`${runners} can run it`);
  if (mode & 0o4000 && !isFolder) parts.push('it runs as its owner, whoever starts it');
  if (mode & 0o2000) parts.push(isFolder ? 'new files get its group' : 'it runs as its group, whoever starts it');
  if (mode & 0o1000 && isFolder) parts.push('each may remove only their own files');
  const words = parts.join(', ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Who has all of these rights, as far as a mode usually says. */
function who(mode: number, bits: number): string {
  const has = (shift: number) => ((mode >> shift) & bits) === bits;
  if (has(0)) return 'everyone';
  if (has(3)) return has(6) ? 'its owner and group' : 'its group';
  return has(6) ? 'its owner' : 'nobody';
}

/** A user or group of the image, by number: names are the image’s own, and root is the one everybody has. */
export const ownerWords = (uid: number, gid: number): string => `${idWords(uid)}, group ${idWords(gid)}`;

const idWords = (id: number): string => (id === 0 ? 'root (0)' : String(id));

const aspects: Record<FileAspect, string> = {
  kind: 'another kind',
  content: 'other content',
  link: 'another target',
  mode: 'another mode',
  owner: 'another owner',
  attributes: 'other attributes',
  time: 'another time',
};

/** What one layer did to a place: "Changed: other content, mode 644 → 755". */
export function eventWords(event: FileEvent, before: FileEvent | undefined): string {
  if (event.change === 'added') return event.kind === 'file' ? `Added with ${bytes(event.size)}` : 'Added';
  if (event.change === 'removed') return 'Removed';
  const isSame = event.aspects.every((aspect) => aspect === 'time');
  // a layer has a folder whenever it has something in it
  if (event.kind === 'folder' && isSame) return 'Something in it changed';
  if (isSame) return event.aspects.length === 0 ? 'Written again just as it was' : 'Only its time changed';
  const told = event.aspects.filter((aspect) => aspect !== 'time');
  return `Changed: ${told.map((aspect) => aspectWords(aspect, event, before)).join(', ')}`;
}

function aspectWords(aspect: FileAspect, event: FileEvent, before: FileEvent | undefined): string {
  if (aspect === 'content' && before && before.size !== event.size) return `${bytes(before.size)} → ${bytes(event.size)}`;
  if (aspect === 'mode' && before) return `mode ${octal(before.mode)} → ${octal(event.mode)}`;
  if (aspect === 'owner' && before) return `owner ${before.uid}:${before.gid} → ${event.uid}:${event.gid}`;
  return aspects[aspect];
}

export const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(3, '0');

/** Layers in whose state a file can be read. */
export type FileVersions = { now?: number; before?: number };

/** Which versions of a place there are to look at, seen from a layer. */
export function versionsOf({ life }: Pick<FileDetails, 'life'>, to: number): FileVersions {
  const last = life.findLast(({ layer }) => layer <= to);
  if (!last || last.change === 'added') return { now: to };
  if (last.change === 'removed') return { before: last.layer - 1 };
  return { now: to, before: last.layer - 1 };
}

/** What has to be read before a file can be shown. */
export function costWords({ toRead }: FileCost): string {
  if (!toRead) return 'The layer that has this file is read once more to show it.';
  if (toRead.isDownload) return `To show it, up to ${bytes(toRead.bytes)} are downloaded from the registry.`;
  return `To show it, the image is read once more, ${bytes(toRead.bytes)} in all. Nothing is downloaded.`;
}

/** Why bytes are waste, in a sentence. Layers are counted from 1, as they are shown. */
export function wasteWords({ kind, by, isSame, cache, firstPath, files, isFolder }: WasteItem): string {
  const later = by === undefined ? 'a later layer' : `layer ${by + 1}`;
  const these = isFolder ? `${count(files, 'file')}. ` : '';
  switch (kind) {
    case 'removed':
      return `${these}Removed by ${later}, but the bytes still travel along`;
    case 'replaced':
      return isSame ? `${these}Written again by ${later} with the same content` : `${these}Replaced by ${later}`;
    case 'twice':
      return `${these}The same content as ${firstPath ?? 'another file'}`;
    case 'cache':
      return `${these}What ${cache ?? 'a package manager'} keeps for its next run`;
  }
}
