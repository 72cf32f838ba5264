import type { FileDifference } from '../../../contract/explanation.ts';
import type { Change, IsRight } from './changes.ts';
import type { Entry, Project } from './project.ts';

/** Only these files changed, and in no other way. */
export const onlyFiles =
  (paths: string[], ...whats: FileDifference['what'][]): IsRight =>
  (cause) =>
    cause.kind === 'files-changed' &&
    cause.changes.every(({ path, differences }) => paths.includes(path) && differences.every(({ what }) => whats.includes(what)));

const withEntries = (project: Project, entries: Record<string, Entry | undefined>): Project => ({
  ...project,
  entries: Object.fromEntries(
    Object.entries({ ...project.entries, ...entries }).filter((pair): pair is [string, Entry] => pair[1] !== undefined),
  ),
});

const change =
  (entries: Record<string, Entry | undefined>, ...whats: FileDifference['what'][]): Change =>
  (project) => ({ project: withEntries(project, entries), isRight: onlyFiles(Object.keys(entries), ...whats) });

const ignore =
  (lines: (old: string[]) => string[], ...paths: string[]): Change =>
  (project) => ({
    project: { ...project, ignore: lines(project.ignore) },
    // a COPY of everything takes the ignore file, too
    isRight: (cause) =>
      cause.kind === 'files-changed' &&
      cause.changes.every(
        ({ path, differences: [only] }) =>
          (path === '.dockerignore' && only?.what === 'content') ||
          (paths.includes(path) && (only?.what === 'ignored' || only?.what === 'no-longer-ignored')),
      ),
  });

/** What may happen to the files of a project. */
export const fileChanges: Record<string, Change> = {
  'a file’s content': change({ 'src/a.txt': { content: 'changed' } }, 'content'),
  'another file’s content': change({ 'other.txt': { content: 'changed' } }, 'content'),
  'content of the same length': change({ 'src/b.sh': { content: 'B', mode: 0o644 } }, 'content'),
  'content of an odd name': change({ '!odd name.txt': { content: 'changed' } }, 'content'),
  'content that is left out': change({ 'app.log': { content: 'changed' } }),
  'a mode': change({ 'src/b.sh': { content: 'b', mode: 0o755 } }, 'mode'),
  'a file more': change({ 'src/new/file': { content: 'new' } }, 'added'),
  'a file less': change({ 'src/deep/c': undefined }, 'removed'),
  'a file renamed': change({ 'src/deep/c': undefined, 'src/deep/d': { content: 'c' } }, 'added', 'removed'),
  'a name written with other characters': change(
    { 'gr\u00fc\u00dfe': undefined, 'gru\u0308\u00dfe': { content: 'umlaut' } },
    'added',
    'removed',
  ),
  'an empty folder': change({ 'src/empty': { folderMode: 0o755 } }, 'added'),
  'a folder’s mode': change({ 'src/deep': { folderMode: 0o700 } }, 'mode'),
  'a link turned elsewhere': change({ 'src/link': { link: 'b.sh' } }, 'target'),
  'a link for a file': change({ 'src/b.sh': { link: 'a.txt' } }, 'type'),
  'a file for a link': change({ 'src/link': { content: 'a' } }, 'type'),
  'a hard link for a copy': change({ 'src/more/twin': { content: 'twin' } }, 'hard-link'),
  'a hard link to a copy': change({ 'src/zz': { hardLink: 'src/a.txt' } }, 'added'),
  'content behind two names': change(
    { 'src/more/same': { content: 'changed' }, 'src/more/twin': { hardLink: 'src/more/same' } },
    'content',
  ),
  'two files swapped': change({ 'src/a.txt': { content: 'b' }, 'src/b.sh': { content: 'a', mode: 0o644 } }, 'content'),
  'a line more to ignore': ignore((old) => [...old, 'src/a.txt'], 'src/a.txt'),
  'all of a folder ignored': ignore((old) => [...old, 'src/more'], 'src/more', 'src/more/same', 'src/more/twin'),
  'a line less to ignore': ignore((old) => old.slice(0, 1), 'src/deep', 'src/deep/c', 'app.log'),
  'nothing ignored any more': ignore(() => [], 'src/deep', 'src/deep/c', 'app.log'),
  'a comment in what is ignored': ignore((old) => ['# said', ...old]),
};
