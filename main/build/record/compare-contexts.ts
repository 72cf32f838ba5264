import { posix } from 'node:path';
import type { Builder } from '../../../contract/engine.ts';
import type { FileChange, FileDifference } from '../../../contract/explanation.ts';
import { IgnorePatterns } from '../ignore-patterns.ts';
import { PathGlobs } from '../path-globs.ts';
import { comingAndGoing, isOnlyThere, withLookalikes } from './come-and-gone.ts';
import type { RecordedFile } from './recorded-file.ts';

/** What a `COPY` reads of a context: paths and patterns, and patterns that it leaves out. */
export type Selection = { sources: string[]; excludes: string[] };

export type Comparison = {
  /** The first ones. */
  changes: FileChange[];
  total: number;
  /** Files of which it is not known whether their content changed. */
  uncertain: number;
};

export type Context = ReadonlyMap<string, RecordedFile>;

/** Which builder it was sent to, and the lines of the ignore file; none where they were not kept. */
export type SentHow = { builder: Builder; ignoreLines?: string[] };

export type SentContext = { files: Context } & SentHow;

/** Changes that are told one by one. */
const told = 200;

/** How what a step reads differs between two contexts. Pure; the time of change counts for nothing, as in the cache. */
export function compareContexts(before: SentContext, after: SentContext, selection: Selection): Comparison {
  const [old, now] = [before.files, after.files];
  const selects = selectorOf({ ...selection, sources: withFollowed(selection.sources, old, now) });
  const compareFiles = before.builder === 'classic' && after.builder === 'classic' ? comparePacked : compareKept;
  const wordsFor = comingAndGoing(before, after);
  const changes: FileChange[] = [];
  let uncertain = 0;
  for (const file of now.values()) {
    if (!selects(file.path)) continue;
    const other = old.get(file.path);
    const differences = other ? compareFiles(other, file) : [wordsFor.come(file.path)];
    if (differences.length > 0) changes.push({ path: file.path, differences });
    else if (other && isUncertain(other, file)) uncertain += 1;
  }
  for (const { path } of old.values()) {
    if (!now.has(path) && selects(path)) changes.push({ path, differences: [wordsFor.gone(path)] });
  }
  const telling = withLookalikes(withoutFoldersOf(changes));
  return { changes: telling.slice(0, told), total: telling.length, uncertain };
}

/** As the classic builder tells files apart, that of a second name of a file looks at no content. */
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
  // a link's own mode is the system's affair
  if (before.mode !== after.mode && after.type !== 'link') {
    differences.push({ what: 'mode', before: before.mode.toString(8).padStart(3, '0'), after: after.mode.toString(8).padStart(3, '0') });
  }
  if (before.capabilities !== after.capabilities) differences.push({ what: 'capabilities' });
  return differences;
}

const isUncertain = (before: RecordedFile, after: RecordedFile): boolean =>
  after.type === 'file' && (!before.digest || !after.digest) && before.stamp !== after.stamp;

// That a folder is new says nothing more where the files in it are told.
function withoutFoldersOf(changes: FileChange[]): FileChange[] {
  const parents = new Set<string>();
  for (const { path } of changes) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) parents.add(path.slice(0, end));
  }
  return changes.filter((change) => !(isOnlyThere(change) && parents.has(change.path)));
}

/** The sources, and what they lead to where a link stands for one or is on the way to it: a `COPY` takes that. */
function withFollowed(sources: string[], before: Context, after: Context): string[] {
  // of a link that was turned elsewhere that is told; what it led to was not sent in both builds
  const links = [...after.values()].filter(({ path, target }) => target !== undefined && before.get(path)?.target === target);
  const all = sources.map(cleanSource);
  // what is found is looked at, too; links may go round in circles
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

/** Sources and what links of them lead to, one after the other. */
const mostFollowed = 100;

const cleanSource = (source: string): string => source.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');

function selectorOf({ sources, excludes }: Selection): (path: string) => boolean {
  const wanted = new PathGlobs(sources);
  const unwanted = new IgnorePatterns(excludes);
  return (path) => wanted.covers(path) === 'all' && !unwanted.matches(path);
}
