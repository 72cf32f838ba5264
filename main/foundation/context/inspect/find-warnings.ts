import type { Amount, ContextFile, ContextWarning } from '../../../../contract/context-map.ts';
import { ignorePattern } from '../../../../contract/context-map.ts';
import { classifyFile, classifyFolder } from './classify-entry.ts';
import type { MeasuredFolder } from './measure-context.ts';

/** A sent file with more bytes than this deserves a warning. */
const large = 100_000_000;
const mostLarge = 5;
const mostWarnings = 30;

type Found = { kind: ContextWarning['kind']; path: string; name: string; amount: Amount };
type Look = {
  /** Paths that the Dockerfile itself names, so they are wanted. */
  copied: string[];
  /** The start of a file, for when its name says too little. */
  readStart(path: string): string;
};

/** What would be sent but rarely belongs in a context; the most serious first. */
export function findWarnings(root: MeasuredFolder, look: Look): ContextWarning[] {
  const found = findIn(root, '', look);
  const inLarge = found
    .filter(({ kind }) => kind === 'large-file')
    .sort((a, b) => b.amount.bytes - a.amount.bytes)
    .slice(0, mostLarge);
  const others = Map.groupBy(
    found.filter(({ kind }) => kind !== 'large-file'),
    ({ kind, name }) => `${kind} ${name}`,
  );
  const warnings = [...others.values(), ...inLarge.map((one) => [one])].map((group) => toWarning(group, look.copied));
  return warnings.sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind) || b.amount.bytes - a.amount.bytes).slice(0, mostWarnings);
}

const rank: ContextWarning['kind'][] = ['key', 'environment', 'git', 'dependencies', 'build-output', 'large-file'];

function findIn(folder: MeasuredFolder, path: string, look: Look): Found[] {
  const inner = (name: string) => (path ? `${path}/${name}` : name);
  const siblings = new Set(folder.files.map(({ name }) => name));
  const inFolders = folder.folders
    .filter(({ sent }) => sent.files > 0)
    .flatMap((below) => {
      const at = inner(below.name);
      const kind = classifyFolder(below.name, siblings, below);
      return kind && !isCopied(at, look.copied) ? [{ kind, path: at, name: below.name, amount: below.sent }] : findIn(below, at, look);
    });
  const sent = folder.files.filter(({ isLeft }) => !isLeft);
  return [...inFolders, ...sent.flatMap((file) => lookAt(file, inner(file.name), look) ?? [])];
}

function lookAt({ name, bytes }: ContextFile, path: string, { copied, readStart }: Look): Found | undefined {
  const kind = classifyFile(name, () => readStart(path)) ?? (bytes > large ? 'large-file' : undefined);
  // a key does harm even if it is wanted; ignoring other wanted files would break the build
  if (!kind || (kind !== 'key' && isCopied(path, copied))) return undefined;
  return { kind, path, name, amount: { files: 1, bytes } };
}

/** Whether the Dockerfile names the path or something inside it. A wildcard stands for files in its own folder. */
const isCopied = (path: string, copied: string[]): boolean =>
  copied.some((source) => source === path || source.startsWith(`${path}/`) || source.startsWith(`${path}*`));

/** Several entries with the same name become one warning, with a line that leaves all of them out. */
function toWarning(group: Found[], copied: string[]): ContextWarning {
  const nearest = group.reduce((best, one) => (one.path.split('/').length < best.path.split('/').length ? one : best));
  const { kind, path, name } = nearest;
  const isNamedElsewhere = copied.some((source) => source.split('/').includes(name));
  if (group.length === 1 || isNamedElsewhere) return { kind, path, amount: nearest.amount, pattern: ignorePattern(path) };
  const amount = group.reduce((sum, one) => ({ files: sum.files + one.amount.files, bytes: sum.bytes + one.amount.bytes }), {
    files: 0,
    bytes: 0,
  });
  return { kind, path, amount, pattern: `**/${ignorePattern(name)}` };
}
