/** Why a step failed, and what to do about it. */
export type StepCause = { detail: string; hint: string };

type Cause = { exit?: number; text?: RegExp; say(found: string[]): StepCause };

/** Searched from the top. If both an exit code and a text are given, both have to match. */
const causes: Cause[] = [
  {
    text: /exec format error/i,
    say: () => ({
      detail: 'The program in the step was made for a different kind of computer than the one it runs on.',
      hint: 'Choose this computer’s platform for the build, or use a base image and programs made for the platform you chose.',
    }),
  },
  {
    // BuildKit reports it as an exit of the command, which never started
    text: /^(?:runc run failed|container_linux\.go:\d+|[^\n]*OCI runtime|error running container: [^\n]*runc create failed)[^\n]*exec: \\?"([^"\\\n]+)\\?": (?:stat [^\n]*no such file|executable file not found)|^error running container: [^\n]*crun[^\n]*executable file `([^`\n]+)` not found/m,
    say: ([, runc, crun]) => ({
      detail: `The step couldn’t start: the image has no program ${runc ?? crun}.`,
      hint: 'An image that starts from nothing (FROM scratch) doesn’t even have a shell. Use a base image with a shell, or copy files in from an earlier stage.',
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
      detail: 'The step needed something from the network and couldn’t reach it: the step has no network, or the server’s name is wrong.',
      hint: 'Check this computer’s connection, and that the build’s network isn’t “none”. Behind a proxy, give HTTP_PROXY and HTTPS_PROXY as build arguments.',
    }),
  },
  {
    text: /Permission denied \([^)\n]*publickey/i,
    say: () => ({
      detail: 'The step tried to sign in to another computer with SSH but had no key that is accepted there.',
      hint: 'Begin the step with “RUN --mount=type=ssh”, and switch on “Let steps use the SSH keys of this computer” in the build’s options.',
    }),
  },
  {
    text: /Host key verification failed/i,
    say: () => ({
      detail: 'The step tried to reach another computer with SSH, and the image doesn’t know that computer’s own key.',
      hint: 'In an earlier step, copy a file with that computer’s key to ~/.ssh/known_hosts. The people who run the computer can tell you its key.',
    }),
  },
  {
    exit: 127,
    text: /(?:^|[\s:])([\w./+-]+): (?:command )?not found\s*$/m,
    say: ([, command]) => ({
      detail: `The image has no command ${command}: it has a typo or isn’t installed.`,
      hint: 'Check the spelling, or install it in an earlier step. A script whose first line names a missing program fails the same way.',
    }),
  },
  {
    exit: 127,
    say: () => ({
      detail: 'A command in the step wasn’t found: it has a typo or isn’t installed in the image.',
      hint: 'Look at the last lines of the log, which usually name it. Install it in an earlier step, or fix the spelling.',
    }),
  },
  {
    exit: 126,
    text: /(?:^|[\s:])([\w./+-]+): Permission denied\s*$/im,
    say: ([, command]) => ({
      detail: `${command} exists but can’t be run, because it isn’t marked as executable.`,
      hint: `Add “RUN chmod +x ${command}” before this step, or mark the file as executable in the folder, then build again.`,
    }),
  },
  {
    exit: 126,
    say: () => ({
      detail: 'A command in the step can’t be run: it isn’t marked as executable, or it was built for a different kind of computer.',
      hint: 'Mark it as executable (chmod +x) in the folder or in an earlier step.',
    }),
  },
  {
    exit: 137,
    say: () => ({
      detail: 'The step was killed, usually because it needed more memory than there is.',
      hint: 'Give the engine more memory, or make the step do less at the same time.',
    }),
  },
  {
    text: /(?:^|[\s:])([\w./+-]+): Permission denied\s*$/im,
    say: ([, path]) => ({
      detail: `The step’s user may not use ${path}.`,
      hint: 'Check for a USER before the step, and check the file’s owner and mode.',
    }),
  },
];

/** Why a step most likely failed, judging by its exit code and last output. */
export function causeOf(exit: number, output: string): StepCause {
  for (const { exit: wanted, text, say } of causes) {
    if (wanted !== undefined && wanted !== exit) continue;
    const found = text ? text.exec(output) : [];
    if (found) return say(found);
  }
  return {
    detail: 'The command in the step ended with an error.',
    hint: 'Look at the last lines of the log, which usually name the reason. Fix it and build again.',
  };
}
