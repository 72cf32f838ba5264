import { posix } from 'node:path';
import type { Builder } from '../../../../contract/engine.ts';
import type { FileChange, FileDifference } from '../../../../contract/explanation.ts';
import { IgnorePatterns } from '../ignore-patterns.ts';
import { PathGlobs } from '../path-globs.ts';
import { isInOneOnly, presenceDifferences, withLookalikes } from './presence-changes.ts';
import type { RecordedFile } from './recorded-file.ts';

/** What a `COPY` reads from a context: paths and patterns, and patterns it excludes. */
export type Selection = { sources: string[]; excludes: string[] };

export type Comparison = {
  /** Only the first few. */
  changes: FileChange[];
  total: number;
  /** How many files the step reads in either build; 0 for a step that was built means that Layerdeck misread it. */
  selected: number;
  /** How many files may or may not have changed content. */
  uncertain: number;
};

export type Context = ReadonlyMap<string, RecordedFile>;

/** The builder it was sent to, and the lines of the ignore file, if they were stored. */
export type SentHow = { builder: Builder; ignoreLines?: string[] };

export type SentContext = { files: Context } & SentHow;

/** The most changes to list. */
const mostChanges = 200;

/** How the files a step reads differ between two contexts. Pure; modification times are ignored, as they are in the cache. */
export function compareContexts(before: SentContext, after: SentContext, selection: Selection): Comparison {
  const [old, now] = [before.files, after.files];
  const selects = selectorOf({ ...selection, sources: withFollowed(selection.sources, old, now) });
  const compareFiles = before.builder === 'classic' && after.builder === 'classic' ? comparePacked : compareKept;
  const wordsFor = presenceDifferences(before, after);
  const changes: FileChange[] = [];
  let [selected, uncertain] = [0, 0];
  for (const file of now.values()) {
    if (!selects(file.path)) continue;
    selected += 1;
    const other = old.get(file.path);
    const differences = other ? compareFiles(other, file) : [wordsFor.come(file.path)];
    if (differences.length > 0) changes.push({ path: file.path, differences });
    else if (other && isUncertain(other, file)) uncertain += 1;
  }
  for (const { path } of old.values()) {
    if (now.has(path) || !selects(path)) continue;
    selected += 1;
    changes.push({ path, differences: [wordsFor.gone(path)] });
  }
  const listed = withLookalikes(withoutFoldersOf(changes));
  return { changes: listed.slice(0, mostChanges), total: listed.length, selected, uncertain };
}

/** Compares as the classic builder does, which ignores the content of a hard link to an earlier file. */
function comparePacked(before: RecordedFile, after: RecordedFile): FileDifference[] {
  if (before.hardLink === after.hardLink) {
    return compareKept(before, after).filter(({ what }) => after.hardLink === undefined || what !== 'content');
  }
  const link: FileDifference = {
    what: 'hard-link',
    ...(before.hardLink !== undefined && { before: before.hardLink }),
    ...(after.hardLink !== undefined && { after: after.hardLink }),
  };
  return before.type === after.type ? [link, ...compareKept(before, after)] : compareKept(before, after);
}

function compareKept(before: RecordedFile, after: RecordedFile): FileDifference[] {
  if (before.type !== after.type) return [{ what: 'type', before: before.type, after: after.type }];
  const differences: FileDifference[] = [];
  if (before.digest && after.digest && before.digest !== after.digest) differences.push({ what: 'content' });
  if (before.target !== after.target) differences.push({ what: 'target', before: before.target ?? '', after: after.target ?? '' });
  // the mode of a link itself depends on the system
  if (before.mode !== after.mode && after.type !== 'link') {
    differences.push({ what: 'mode', before: before.mode.toString(8).padStart(3, '0'), after: after.mode.toString(8).padStart(3, '0') });
  }
  if (before.capabilities !== after.capabilities) differences.push({ what: 'capabilities' });
  return differences;
}

const isUncertain = (before: RecordedFile, after: RecordedFile): boolean =>
  after.type === 'file' && (!before.digest || !after.digest) && before.stamp !== after.stamp;

// a new folder adds nothing if the files in it are listed
function withoutFoldersOf(changes: FileChange[]): FileChange[] {
  const parents = new Set<string>();
  for (const { path } of changes) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) parents.add(path.slice(0, end));
  }
  return changes.filter((change) => !(isInOneOnly(change) && parents.has(change.path)));
}

/** The sources, plus the targets of links among them or on the way to them, as `COPY` follows those. */
function withFollowed(sources: string[], before: Context, after: Context): string[] {
  // a link with a new target is itself a change, and its targets were not sent in both builds
  const links = [...after.values()].filter(({ path, target }) => target !== undefined && before.get(path)?.target === target);
  const all = sources.map(cleanSource);
  // the list grows while it is walked; links may go in circles
  for (let place = 0; links.length > 0 && place < all.length && place < mostFollowed; place++) {
    const parts = (all[place] as string).split('/');
    for (const { path, target = '' } of links) {
      const depth = path.split('/').length;
      const head = parts.slice(0, depth).join('/');
      if (depth > parts.length || new PathGlobs([head]).covers(path) !== 'all') continue;
      const to = posix.join(target.startsWith('/') ? '/' : `/${posix.dirname(path)}`, target, ...parts.slice(depth)).slice(1);
      if (!all.includes(to)) all.push(to);
    }
  }
  return all;
}

/** The most sources and link targets to follow. */
const mostFollowed = 100;

const cleanSource = (source: string): string => source.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');

function selectorOf({ sources, excludes }: Selection): (path: string) => boolean {
  const wanted = new PathGlobs(sources);
  const unwanted = new IgnorePatterns(excludes);
  return (path) => wanted.covers(path) === 'all' && !unwanted.matches(path);
}
