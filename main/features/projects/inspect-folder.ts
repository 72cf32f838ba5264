import { basename, isAbsolute } from 'node:path';
import type { BuildFolder, BuildInputs, Dockerfile } from '../../../contract/build.ts';
import { readDockerfileText } from '../../foundation/dockerfile/dockerfile-text.ts';
import { placeDockerfile } from '../../foundation/dockerfile/place-dockerfile.ts';
import { describeDockerfile, lookAtDockerfile } from '../../foundation/dockerfile/read-dockerfile.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { findDockerfiles } from './find-dockerfiles.ts';
import { suggestNames } from './suggest-names.ts';

/** A Dockerfile that the person chose, in the folder or outside it. */
type ChosenDockerfile = { file: string; grant: string };

/** What is known about a folder in advance. */
export type FolderHints = {
  /** What was chosen for it last time. */
  last?: BuildInputs;
  /** Arguments whose values were not stored then. */
  withheldArgs?: string[];
  /** The Dockerfile outside the folder that was chosen last time; it may be gone. */
  remembered?: ChosenDockerfile;
  /** The one that is chosen now. */
  chosen?: ChosenDockerfile;
};

/** What a folder offers for a build, and what was chosen for it last time. Rejects with a failure if there is no Dockerfile. */
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
  // if there is a Dockerfile but it cannot be read, say that instead
  if (dockerfiles.length === 0) throw failures[0] ? new FailureError(failures[0]) : noDockerfile(basename(folder));
  const last = hints.last && stillValid(hints.last, dockerfiles);
  return {
    suggestions,
    dockerfiles,
    unreadable: failures.map(({ title }) => title),
    ...(chosen && { chosen: chosen.path }),
    ...(last && { lastInputs: last, withheldArgs: hints.withheldArgs ?? [] }),
  };
}

/** Reads a file as a Dockerfile whatever its name, because a person chose it. */
async function lookAtChosen(folder: string, { file, grant }: ChosenDockerfile): Promise<Dockerfile> {
  const path = placeDockerfile(folder, file);
  const dockerfile = describeDockerfile(path, await readDockerfileText(folder, path));
  return isAbsolute(path) ? { ...dockerfile, grant } : dockerfile;
}

/** The last inputs, without a stage, arguments or SSH keys that the Dockerfile no longer has; undefined if the Dockerfile is gone. */
function stillValid({ target, args = {}, ssh, ...inputs }: BuildInputs, dockerfiles: Dockerfile[]): BuildInputs | undefined {
  const dockerfile = dockerfiles.find((one) => isChoice(one, inputs));
  if (!dockerfile) return undefined;
  const names = new Set(dockerfile.args.map(({ name }) => name));
  const kept = Object.entries(args).filter(([name]) => names.has(name));
  return {
    ...inputs,
    ...(target && dockerfile.stages.includes(target) && { target }),
    // SSH keys are not offered to a Dockerfile that no longer asks for them
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
    detail: 'An image is built from a file called “Dockerfile”, which says step by step what goes into the image.',
    hint: 'Choose the folder with the Dockerfile, or choose the file itself if it has another name or is somewhere else.',
  });
