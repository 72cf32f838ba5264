import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BuildFolder, BuildInputs, Dockerfile } from '../../contract/build.ts';
import { FailureError } from '../engine/failure.ts';
import { findDockerfiles } from './folder/find-dockerfiles.ts';
import { readDockerfile } from './folder/read-dockerfile.ts';
import { suggestNames } from './folder/suggest-names.ts';

export { readDockerfileText } from './folder/read-dockerfile.ts';

/** What a folder holds for a build, with what was chosen for it the last time. Rejects in words where it holds no Dockerfile. */
export async function inspectFolder(folder: string, lastInputs?: BuildInputs): Promise<BuildFolder> {
  const found = await findDockerfiles(folder);
  const [read, suggestions, hasIgnoreFile] = await Promise.all([
    Promise.all(found.map((path) => readDockerfile(folder, path))),
    suggestNames(folder),
    isThere(join(folder, '.dockerignore')),
  ]);
  const dockerfiles = read.filter((file) => file !== undefined);
  if (dockerfiles.length === 0) throw noDockerfile(basename(folder));
  const last = lastInputs && whatHolds(lastInputs, dockerfiles);
  return { suggestions, dockerfiles, hasIgnoreFile, ...(last && { lastInputs: last }) };
}

/** The last inputs without a Dockerfile, stage or argument that has gone since. */
function whatHolds({ target, args = {}, ...inputs }: BuildInputs, dockerfiles: Dockerfile[]): BuildInputs | undefined {
  const dockerfile = dockerfiles.find(({ path }) => path === inputs.dockerfile);
  if (!dockerfile) return undefined;
  const names = new Set(dockerfile.args.map(({ name }) => name));
  const kept = Object.entries(args).filter(([name]) => names.has(name));
  return {
    ...inputs,
    ...(target && dockerfile.stages.includes(target) && { target }),
    ...(kept.length > 0 && { args: Object.fromEntries(kept) }),
  };
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

const noDockerfile = (name: string): FailureError =>
  new FailureError({
    kind: 'dockerfile',
    title: `The folder ${name} has no Dockerfile`,
    detail: 'An image is built from a file called “Dockerfile” that says step by step what goes into it.',
    hint: 'Choose the folder that holds it.',
  });
