import { basename, isAbsolute } from 'node:path';
import type { BuildInputs, BuildSecret, ReopenedBuild } from '../../contract/build.ts';
import { type MovedNames, movedNames } from '../../contract/moved-names.ts';
import { withoutFolder } from '../features/build-history/adopted/without-folder.ts';
import type { BuildHistory } from '../features/build-history/build-history.ts';
import type { FolderHints } from '../features/projects/inspect-folder.ts';
import { suggestNames } from '../features/projects/suggest-names.ts';
import { FailureError } from '../foundation/failures/failure.ts';
import type { Grants } from '../foundation/files/grants.ts';
import type { TaskRunner } from '../tasks/task-runner.ts';

/** What a form needs to change a build and try again. The person chose its folder and files before, so they are granted again. */
export async function reopenBuild(history: BuildHistory, grants: Grants, id: string): Promise<ReopenedBuild> {
  const { task, origin, folder, secretFiles, argDigests, dockerfile } = await history.read(id);
  if (origin) throw withoutFolder(origin);
  const {
    kind: _,
    folder: __,
    secrets = [],
    dockerfileFrom: ___,
    ...inputs
  } = task.request as Extract<typeof task.request, { kind: 'build' }>;
  const granted = secrets.flatMap((secret): BuildSecret[] => {
    if (secret.source.from === 'environment') return [secret];
    const file = secretFiles[secret.id];
    return file ? [{ id: secret.id, source: { from: 'file', file: grants.grant(file, 'read') } }] : [];
  });
  const all: BuildInputs = {
    ...inputs,
    ...(isAbsolute(dockerfile.path) && { dockerfileFrom: grants.grant(dockerfile.path, 'read') }),
    ...(granted.length > 0 && { secrets: granted }),
  };
  return {
    folder: { grant: grants.grant(folder, 'read'), name: basename(folder), path: folder, size: 0, kind: 'folder' },
    inputs: all,
    withheldArgs: Object.keys(argDigests),
  };
}

/** What a form for this folder starts with. A Dockerfile outside it was also the person's choice, so it is granted again. */
export async function lastBuild(history: BuildHistory, grants: Grants, folder: string): Promise<Omit<FolderHints, 'chosen'>> {
  const found = await history.lastBuild(folder);
  if (!found) return {};
  const { withheldArgs } = found;
  const { dockerfileFrom: _, ...last } = found.inputs;
  if (!isAbsolute(found.dockerfile)) return { last, withheldArgs };
  const remembered = { file: found.dockerfile, grant: grants.grant(found.dockerfile, 'read') };
  return { last: { ...last, dockerfileFrom: remembered.grant }, withheldArgs, remembered };
}

/** Inputs that may differ when the same is built again. */
type Changes = Pick<BuildInputs, 'cacheFrom' | 'inlineCache'>;

/** Builds the same again. Rejects if it needs values that were too secret to store. */
export async function buildAgain(
  history: BuildHistory,
  grants: Grants,
  tasks: TaskRunner,
  id: string,
  changes: Changes = {},
): Promise<{ id: string } | { moved: MovedNames }> {
  const moved = await movedSince(history, grants, tasks, id);
  if (moved) return { moved };
  if (tasks.has(id)) {
    const { request } = tasks.task(id);
    // builds go to the engine in use, whichever made it before
    return { id: tasks.start(request.kind === 'build' ? { ...request, ...changes } : request) };
  }
  const { folder, inputs, withheldArgs } = await reopenBuild(history, grants, id);
  if (withheldArgs.length > 0) throw needsAgain(withheldArgs);
  return { id: tasks.start({ kind: 'build', folder: folder.grant, ...inputs, ...changes }) };
}

/** New names if the folder's version has changed, so that a released name does not get new content. */
async function movedSince(history: BuildHistory, grants: Grants, tasks: TaskRunner, id: string): Promise<MovedNames | undefined> {
  // the history has no build that failed before it began
  const asked = tasks.has(id) ? tasks.task(id).request : (await history.read(id)).task.request;
  if (asked.kind !== 'build' || !asked.nameFrom) return undefined;
  const folder = tasks.has(id) ? grants.pathOf(asked.folder, 'read') : (await history.read(id)).folder;
  return movedNames(asked, await suggestNames(folder));
}

const needsAgain = (names: string[]): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `This build needs ${names.join(' and ')} again`,
    detail: 'Layerdeck doesn’t store values whose names sound secret, so they’re gone once it’s closed.',
    hint: 'Choose “Change…” and fill in the value.',
  });
