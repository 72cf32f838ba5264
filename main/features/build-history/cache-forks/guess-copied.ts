import { basename } from 'node:path/posix';
import type { LayerEntry } from './layer-entry.ts';

/** What an instruction may have copied: files of its layer, with the names they may have had in the folder. */
export type CopiedAs = { kind: 'file' | 'dir' | 'multi'; source: string; files: { name: string; entry: LayerEntry }[] };

type Entries = ReadonlyMap<string, LayerEntry>;

/** Everything that may have been copied to a target, judging by the layer and the written instructions. Pure. */
export function guessCopied(kind: CopiedAs['kind'], to: string, entries: Entries, written: readonly string[]): CopiedAs[] {
  const all = [...entries.values()];
  // the layer does not show how hard links and devices were packed
  if (all.some((entry) => !['file', 'folder', 'symlink'].includes(entry.kind))) return [];
  const sources = written.flatMap((instruction) => sourcesOf(instruction, to));
  if (kind === 'file') return guessFile(all, sources.flat());
  return kind === 'dir' ? guessFolder(to, entries, sources.flat()) : guessSeveral(all, sources);
}

function guessFile(all: LayerEntry[], sources: string[]): CopiedAs[] {
  const files = all.filter(({ kind }) => kind === 'file');
  const [entry] = files;
  if (!entry || files.length > 1) return [];
  return distinct([...endsOf(entry.path), ...sources]).map((name) => ({ kind: 'file', source: name, files: [{ name, entry }] }));
}

function guessFolder(to: string, entries: Entries, sources: string[]): CopiedAs[] {
  return rootsOf(to, entries).flatMap((root) => {
    const below = [...entries.values()].filter(({ path }) => root === '' || path.startsWith(`${root}/`));
    const own = entries.get(root) ?? { ...plainFolder, path: root };
    return distinct(['', ...sources, ...endsOf(root)]).map((source): CopiedAs => {
      const inFolder = below.map((entry) => ({ name: join(source, entry.path.slice(root === '' ? 0 : root.length + 1)), entry }));
      // the build folder is not one of its own entries
      return { kind: 'dir', source, files: source === '' ? inFolder : [...inFolder, { name: source, entry: own }] };
    });
  });
}

function guessSeveral(all: LayerEntry[], sources: string[][]): CopiedAs[] {
  const files = all.filter(({ kind }) => kind === 'file').sort((one, other) => (one.path < other.path ? -1 : 1));
  const byName = new Map(files.map((entry) => [basename(entry.path), entry]));
  if (byName.size !== files.length) return [];
  const fitting = [...sources, [...byName.keys()]].filter(
    (names) => names.length === files.length && names.every((name) => byName.has(basename(name))),
  );
  return fitting.map((names) => ({
    kind: 'multi',
    source: names.join(' '),
    files: names.flatMap((name) => {
      const entry = byName.get(basename(name));
      return entry ? [{ name, entry }] : [];
    }),
  }));
}

/** The layer's folders that may be the target: the one that is named, or any that holds all files if the name is relative. */
function rootsOf(to: string, entries: Entries): string[] {
  if (to.startsWith('/')) return [trimmed(to)];
  const folders = [...entries.values()].filter(({ kind }) => kind !== 'folder').map(({ path }) => path.split('/').slice(0, -1));
  const [first = [], ...rest] = folders;
  const common = first.findIndex((part, at) => rest.some((other) => other[at] !== part));
  const deepest = common < 0 ? first : first.slice(0, common);
  return Array.from({ length: deepest.length + 1 }, (_, at) => deepest.slice(0, deepest.length - at).join('/'));
}

/** The sources of an instruction that copies to the same place. */
function sourcesOf(instruction: string, to: string): string[][] {
  const words = instruction
    .replace(/^(?:COPY|ADD)\s+/i, '')
    .split(/\s+/)
    .filter((word) => word !== '' && !word.startsWith('--'));
  const target = words.pop();
  return target === to.trim() && words.length > 0 ? [words.map(trimmed)] : [];
}

/** "etc/app/x", "app/x", "x": in the folder a file usually has the same name as in the image. */
const endsOf = (path: string): string[] => path.split('/').map((_, at, parts) => parts.slice(at).join('/'));

const trimmed = (path: string): string => path.trim().replace(/^(?:\.?\/)+|\/+$|^\.$/g, '');
const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
const distinct = (names: string[]): string[] => [...new Set(names)];

const plainFolder: LayerEntry = {
  path: '',
  kind: 'folder',
  device: '',
  mode: 0o755,
  uid: 0,
  gid: 0,
  time: '0',
  size: 0,
  linkName: '',
  attributes: '',
  content: '',
};
