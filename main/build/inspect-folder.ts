import { basename, isAbsolute } from 'node:path';
import type { BuildFolder, BuildInputs, Dockerfile } from '../../contract/build.ts';
import { FailureError } from '../engine/failure.ts';
import { readDockerfileText } from './folder/dockerfile-text.ts';
import { findDockerfiles } from './folder/find-dockerfiles.ts';
import { placeDockerfile } from './folder/place-dockerfile.ts';
import { describeDockerfile, lookAtDockerfile } from './folder/read-dockerfile.ts';
import { suggestNames } from './folder/suggest-names.ts';

/** A Dockerfile that was chosen by hand, in the folder or outside of it. */
type ChosenDockerfile = { file: string; grant: string };

/** What is known of a folder before it is looked at. */
export type FolderHints = {
  /** What was chosen for it the last time. */
  last?: BuildInputs;
  /** Arguments that had values then which were not kept. */
  withheldArgs?: string[];
  /** The Dockerfile outside of it that was chosen the last time; it may be gone. */
  remembered?: ChosenDockerfile;
  /** The one that is chosen now. */
  chosen?: ChosenDockerfile;
};

/** What a folder holds for a build, with what was chosen for it the last time. Rejects in words where there is no Dockerfile. */
export async function inspectFolder(folder: string, hints: FolderHints = {}): Promise<BuildFolder> {
  const found = await findDockerfiles(folder);
  const [looked, remembered, chosen, suggestions] = await Promise.all([
    Promise.all(found.map((path) => lookAtDockerfile(folder, path))),
    hints.remembered && lookAtChosen(folder, hints.remembered).catch(() => undefined),
    hints.chosen && lookAtChosen(folder, hints.chosen),
    suggestNames(folder),
  ]);
  const others = [...looked.map(({ dockerfile }) => dockerfile), remembered].filter((one) => one?.path !== chosen?.path);
  const dockerfiles = [...others, chosen].filter((one) => one !== undefined);
  const failures = looked.flatMap(({ failure }) => failure ?? []);
  // one that is there and cannot be read is said as such
  if (dockerfiles.length === 0) throw failures[0] ? new FailureError(failures[0]) : noDockerfile(basename(folder));
  const last = hints.last && whatHolds(hints.last, dockerfiles);
  return {
    suggestions,
    dockerfiles,
    unreadable: failures.map(({ title }) => title),
    ...(chosen && { chosen: chosen.path }),
    ...(last && { lastInputs: last, withheldArgs: hints.withheldArgs ?? [] }),
  };
}

/** A person says that it is a Dockerfile, whatever it is called. */
async function lookAtChosen(folder: string, { file, grant }: ChosenDockerfile): Promise<Dockerfile> {
  const path = placeDockerfile(folder, file);
  const dockerfile = describeDockerfile(path, await readDockerfileText(folder, path));
  return isAbsolute(path) ? { ...dockerfile, grant } : dockerfile;
}

/** The last inputs without a Dockerfile, stage, argument or wish for SSH keys that has gone since. */
function whatHolds({ target, args = {}, ssh, ...inputs }: BuildInputs, dockerfiles: Dockerfile[]): BuildInputs | undefined {
  const dockerfile = dockerfiles.find((one) => isChoice(one, inputs));
  if (!dockerfile) return undefined;
  const names = new Set(dockerfile.args.map(({ name }) => name));
  const kept = Object.entries(args).filter(([name]) => names.has(name));
  return {
    ...inputs,
    ...(target && dockerfile.stages.includes(target) && { target }),
    // what a Dockerfile does not ask for any more is not kept open for it
    ...(ssh && dockerfile.ssh.length > 0 && { ssh }),
    ...(kept.length > 0 && { args: Object.fromEntries(kept) }),
  };
}

const isChoice = ({ path, grant }: Dockerfile, { dockerfile, dockerfileFrom }: BuildInputs): boolean =>
  dockerfileFrom === undefined ? path === dockerfile : grant === dockerfileFrom;

const noDockerfile = (name: string): FailureError =>
  new FailureError({
    kind: 'dockerfile',
    title: `The folder ${name} has no Dockerfile`,
    detail: 'An image is built from a file called “Dockerfile” that says step by step what goes into it.',
    hint: 'Choose the folder that holds it, or choose the Dockerfile itself where it has another name or lies elsewhere.',
  });
