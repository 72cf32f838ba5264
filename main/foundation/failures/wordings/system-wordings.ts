import type { ErrorFacts, Wording } from './wording.ts';

const code =
  (...codes: string[]) =>
  (facts: ErrorFacts) =>
    facts.code !== undefined && codes.includes(facts.code);

/** Errors of this computer's own system, recognised by their codes. */
export const systemWordings: Wording[] = [
  {
    when: code('ENOSPC', 'EDQUOT'),
    say: () => ({
      kind: 'no-space',
      title: 'The disk is full',
      detail: 'The file didn’t fit where you wanted it. No incomplete file was kept.',
      hint: 'Free some space or choose another place, then try again.',
    }),
  },
  {
    when: (facts) => code('EACCES', 'EPERM')(facts) && facts.syscall === 'connect',
    say: () => ({
      kind: 'not-permitted',
      title: 'Your user may not use this engine',
      detail: 'The engine is running, but it refuses connections from your user.',
      hint: 'On Linux, add your user to the “docker” group, then sign in to the computer again.',
    }),
  },
  {
    when: code('EACCES', 'EPERM', 'EROFS'),
    say: () => ({
      kind: 'not-permitted',
      title: 'Your user isn’t allowed to do that there',
      detail: 'The file or folder belongs to somebody else or is protected from changes.',
      hint: 'Choose another place, or ask the owner of this computer.',
    }),
  },
  {
    when: (facts) => facts.code === 'EISDIR' && facts.syscall === 'read',
    say: () => ({
      kind: 'invalid-input',
      title: 'There’s a folder where a file is needed',
      detail: 'The original message names it. A folder can’t be read as a file.',
      hint: 'Rename or remove the folder.',
    }),
  },
  {
    when: code('ENAMETOOLONG', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY'),
    say: () => ({
      kind: 'invalid-input',
      title: 'A file can’t have that name',
      detail: 'The name is too long for this disk, or a folder already has it.',
      hint: 'Choose another name.',
    }),
  },
  {
    when: (facts) =>
      code('ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE')(facts) ||
      /^(?:socket hang up|aborted|premature close)$/i.test(facts.message),
    say: () => ({
      kind: 'engine-lost',
      title: 'The engine stopped answering',
      detail: 'It was stopped, it crashed, or the connection to it broke while it was working. Unfinished work is lost.',
      hint: 'Start the engine again if it stopped, and wait until Layerdeck has connected. Then try again.',
    }),
  },
  {
    when: (facts) => facts.code === 'ENOENT' && facts.syscall !== 'connect',
    say: () => ({
      kind: 'not-found',
      title: 'The file or folder no longer exists',
      detail: 'It was moved, renamed or removed after you chose it.',
      hint: 'Choose it again.',
    }),
  },
  {
    when: code('ENOENT', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'ABORT_ERR'),
    say: () => ({
      kind: 'engine-missing',
      title: 'No engine answers there',
      detail: 'There’s nothing at this address.',
      hint: 'Start the engine. Layerdeck then connects by itself.',
    }),
  },
];
