/** What a failed step means, and what to do about it. */
export type StepCause = { detail: string; hint: string };

type Cause = { exit?: number; text?: RegExp; say(found: string[]): StepCause };

/** Looked through from the top. Where both are given, the exit code and the text have to fit. */
const causes: Cause[] = [
  {
    text: /exec format error/i,
    say: () => ({
      detail: 'The program in the step was made for another kind of computer than the one it runs on.',
      hint: 'Choose the platform of this computer for the build, or a base image and programs made for the platform you chose.',
    }),
  },
  {
    text: /no space left on device|ENOSPC|disk quota exceeded/i,
    say: () => ({
      detail: 'The engine’s disk is full.',
      hint: 'Remove images that you no longer need, then build again.',
    }),
  },
  {
    text: /temporary failure (?:in name resolution|resolving)|could not resolve (?:host|proxy)|bad address|network is unreachable|name or service not known|EAI_AGAIN|getaddrinfo|unable to resolve host|dial tcp[^\n]*(?:no such host|timeout)|failed to connect to [^\n]* port/i,
    say: () => ({
      detail:
        'The step wanted something from the network and did not reach it: there is no network in it, or the name of the computer is wrong.',
      hint: 'Check this computer’s connection, and that the build’s network is not “none”. Behind a proxy, give HTTP_PROXY and HTTPS_PROXY as build arguments.',
    }),
  },
  {
    text: /Permission denied \([^)\n]*publickey/i,
    say: () => ({
      detail: 'The step wanted to sign in to another computer by SSH, and had no key that is known there.',
      hint: 'A step gets your keys where it begins “RUN --mount=type=ssh”, and “Let steps use the SSH keys of this computer” is switched on in the options of the build.',
    }),
  },
  {
    text: /Host key verification failed/i,
    say: () => ({
      detail: 'The step wanted to reach another computer by SSH, and the image does not know that computer’s own key.',
      hint: 'Copy a file with the key of that computer to ~/.ssh/known_hosts in a step before. The people who run it tell which it is.',
    }),
  },
  {
    exit: 127,
    text: /(?:^|[\s:])([\w./+-]+): (?:command )?not found\s*$/m,
    say: ([, command]) => ({
      detail: `The image has no command ${command}: it is misspelt or not installed.`,
      hint: 'Check the spelling, or install it in an earlier step. A script whose first line names a missing program says the same.',
    }),
  },
  {
    exit: 127,
    say: () => ({
      detail: 'A command in the step was not found: it is misspelt or not installed in the image.',
      hint: 'The last lines of the log usually name it. Install it in an earlier step, or mend the spelling.',
    }),
  },
  {
    exit: 126,
    text: /(?:^|[\s:])([\w./+-]+): Permission denied\s*$/im,
    say: ([, command]) => ({
      detail: `${command} is there, but may not be run: it is not marked as a program.`,
      hint: `Add “RUN chmod +x ${command}” before, or mark the file as a program in the folder and build again.`,
    }),
  },
  {
    exit: 126,
    say: () => ({
      detail: 'A command in the step may not be run: it is not marked as a program, or was built for another kind of computer.',
      hint: 'Mark it as a program (chmod +x) in the folder or in a step before.',
    }),
  },
  {
    exit: 137,
    say: () => ({
      detail: 'The step was killed, most often because it needed more memory than there is.',
      hint: 'Give the engine more memory, or let the step do less at the same time.',
    }),
  },
  {
    text: /(?:^|[\s:])([\w./+-]+): Permission denied\s*$/im,
    say: ([, path]) => ({
      detail: `The step’s user may not use ${path}.`,
      hint: 'Look for a USER before the step, and at the owner and the mode of the file.',
    }),
  },
];

/** What most likely made a step fail, from its exit code and what it printed last. */
export function causeOf(exit: number, output: string): StepCause {
  for (const { exit: wanted, text, say } of causes) {
    if (wanted !== undefined && wanted !== exit) continue;
    const found = text ? text.exec(output) : [];
    if (found) return say(found);
  }
  return {
    detail: 'The command in the step ended with an error of its own.',
    hint: 'The last lines of the log usually name the reason. Mend it and build again.',
  };
}
