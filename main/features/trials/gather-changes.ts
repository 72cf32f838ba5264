import type { TrialChange } from '../../../contract/trial.ts';

/** What an engine says: 0 was changed, 1 was added, 2 was removed. */
export type RawChange = { Path: string; Kind: number };

const kinds = { 0: 'changed', 1: 'added', 2: 'removed' } as const;

/** What engines put into every container when it starts; Podman touches the folders as well. */
const byEngine =
  /^\/(?:etc\/(?:hosts|hostname|resolv\.conf|mtab)|\.dockerenv|run\/\.containerenv|run\/secrets|dev|proc|sys)(?:\/|$)|^\/(?:etc|run)$/;

/**
 * What a person looks at: a folder that came or went stands for all in it, and a folder that only was touched by what happened in it isn't
 * named. In the order of paths. An engine tells of each file and each folder above it.
 */
export function gatherChanges(raw: readonly RawChange[]): TrialChange[] {
  const sorted = raw.flatMap(({ Path, Kind }) => {
    const kind = kinds[Kind as 0 | 1 | 2];
    return kind && Path.startsWith('/') ? [{ path: Path, kind }] : [];
  });
  sorted.sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0));
  const kindOf = new Map(sorted.map(({ path, kind }) => [path, kind]));
  const folders = new Set(sorted.flatMap(({ path }) => parentsOf(path)));
  const found = new Map<string, TrialChange>();
  for (const { path, kind } of sorted) {
    if (kind === 'changed') {
      if (!folders.has(path)) found.set(path, change(path, kind));
      continue;
    }
    // the outermost folder that came or went as this did
    const top = parentsOf(path).find((parent) => kindOf.get(parent) === kind) ?? path;
    const known = found.get(top) ?? change(top, kind);
    if (top !== path) known.within += 1;
    found.set(top, known);
  }
  return [...found.values()];
}

const change = (path: string, kind: TrialChange['kind']): TrialChange => ({
  path,
  kind,
  within: 0,
  ...(byEngine.test(path) && { byEngine: true }),
});

/** From the outermost: `/a`, `/a/b` of `/a/b/c`. */
function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let at = path.indexOf('/', 1); at !== -1; at = path.indexOf('/', at + 1)) parents.push(path.slice(0, at));
  return parents;
}
