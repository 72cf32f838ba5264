import type { Failure } from '../../../contract/failure.ts';
import { FailureError, toFailure } from '../../foundation/failures/failure.ts';
import type { TrialPlan } from './start-trial.ts';

/** What was asked for, as far as it is known. */
type Wanted = Pick<TrialPlan, 'ports' | 'folder'>;

// what can be wrong with a trial, each with its next step

export const notThere = (): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: 'The container isn’t there any longer',
    detail: 'Another program has removed it, or the engine was changed.',
    hint: 'Try the image again.',
  });

export const folderIsFar = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'The engine can’t see a folder of this computer',
    detail: 'It runs on another computer.',
    hint: 'Try the image without a folder, or on the engine of this computer.',
  });

export const fileIsGone = (path: string): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: 'It isn’t in the container any longer',
    detail: `${path} has gone since you looked.`,
    hint: 'Look again.',
  });

export const notAFile = (path: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'It is no file',
    detail: `${path} is a link or a device: there is nothing in it to save.`,
    hint: 'Save the folder that it is in.',
  });

export const notMade = (): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: 'The engine made no image',
    detail: 'It took all files of the container, and didn’t say what became of them.',
    hint: 'Try it again.',
  });

/** Measured with Docker 20.10, 26 and 28 and Podman 5: the configuration of an image says what the container was set to that it was made of. */
export const notesVariables = (names: readonly string[]): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'The image would carry what you set for the trial',
    detail: `Engines note in an image what its container was set to, here ${names.slice(0, 5).join(', ')}. Whoever gets the image could read it.`,
    hint: 'Keep the variables in the image if they are no secrets, or try it again without them.',
  });

type Case = { when: RegExp; say(match: RegExpExecArray, plan: Wanted): Omit<Failure, 'cause'> };

/** What engines say of a container that they can't make or start. */
const cases: Case[] = [
  {
    when: /no command specified|no command or entrypoint provided/i,
    say: () => ({
      kind: 'invalid-input',
      title: 'The image doesn’t say what to run',
      detail: 'It has no command of its own. Images that others are built on are often like that.',
      hint: 'Type a command, such as /bin/sh, and start again.',
    }),
  },
  {
    when: /exec format error/i,
    say: () => ({
      kind: 'invalid-input',
      title: 'The program in the image is for another processor',
      detail: 'Or it is a script without a first line that says what runs it, such as #!/bin/sh.',
      hint: 'Get the image for this computer’s processor, or build it for it.',
    }),
  },
  {
    when: /exec: \\?"([^"\\]+)\\?": (?:executable file not found|stat \S+: no such file)|executable file [`'"]?([^`'" ]+)[`'"]? not found|starting container process caused[^"]*"?([^" :]*)"?: no such file or directory/i,
    say: ([, one, two, three]) => ({
      kind: 'invalid-input',
      title: `There is no program ${one ?? two ?? (three || 'of this name')} in the image`,
      detail: 'The command names something that the image doesn’t have, or that needs a library which it doesn’t have.',
      hint: 'Look at the image’s files for what it has, then change the command.',
    }),
  },
  {
    when: /permission denied|exec: \\?"[^"]+\\?": is a directory/i,
    say: () => ({
      kind: 'invalid-input',
      title: 'The command may not be run',
      detail: 'It names a folder, or a file that isn’t marked as a program.',
      hint: 'Change the command, or mark the file with chmod +x when the image is built.',
    }),
  },
  {
    when: /minimum memory limit|memory limit (?:should|must)/i,
    say: () => ({
      kind: 'invalid-input',
      title: 'The engine needs a higher limit of memory',
      detail: 'No container starts with so little.',
      hint: 'Give it at least 6 MB.',
    }),
  },
  {
    when: /invalid mount|bind source path does not exist|statfs .*: no such file|mount.*not a directory/i,
    say: (_, { folder }) => ({
      kind: 'not-found',
      title: 'The engine doesn’t find the folder',
      detail: `${folder?.path ?? 'It'} isn’t there, or the engine runs in a virtual machine that doesn’t see it.`,
      hint: 'Choose another folder. In Docker Desktop’s settings, “File sharing” says which ones it sees.',
    }),
  },
];

/** The failure of a start, in words that blame the right one. */
export function startFailure(error: unknown, plan: Wanted): FailureError {
  const failure = toFailure(error);
  if (failure.kind === 'port-taken')
    return new FailureError({ ...portTaken(failure, plan), ...(failure.cause && { cause: failure.cause }) });
  const said = failure.cause ?? '';
  for (const { when, say } of cases) {
    const match = when.exec(said);
    if (match) return new FailureError({ ...say(match, plan), cause: said });
  }
  return new FailureError(failure);
}

/** Engines name the port in one form or another; one that isn't of the plan is none of them. */
function portTaken({ cause = '' }: Failure, { ports }: Wanted): Omit<Failure, 'cause'> {
  const named = ports.find(({ here }) => new RegExp(`(?<!\\d)${here}(?!\\d)`).test(cause)) ?? ports[0];
  return {
    kind: 'port-taken',
    title: named ? `Port ${named.here} of this computer is taken` : 'A port of this computer is taken',
    detail: 'Another program or container listens there.',
    hint: 'Choose another port, or end that program.',
  };
}
