import type { ErrorFacts, Wording } from './wording.ts';

const code =
  (...codes: string[]) =>
  (facts: ErrorFacts) =>
    facts.code !== undefined && codes.includes(facts.code);

/** What this computer's own system says, told by its codes. */
export const systemWordings: Wording[] = [
  {
    when: code('ENOSPC', 'EDQUOT'),
    say: () => ({
      kind: 'no-space',
      title: 'The disk is full',
      detail: 'The file did not fit where you wanted it. Nothing half-written was kept.',
      hint: 'Free some space, or choose another place, and try again.',
    }),
  },
  {
    when: (facts) => code('EACCES', 'EPERM')(facts) && facts.syscall === 'connect',
    say: () => ({
      kind: 'not-permitted',
      title: 'Your user may not use this engine',
      detail: 'The engine is there, but refuses connections of your user.',
      hint: 'On Linux, add your user to the group “docker” and sign in again.',
    }),
  },
  {
    when: code('EACCES', 'EPERM', 'EROFS'),
    say: () => ({
      kind: 'not-permitted',
      title: 'Your user may not do that there',
      detail: 'The file or folder belongs to somebody else, or is protected from changes.',
      hint: 'Choose another place, or ask the owner of this computer.',
    }),
  },
  {
    when: (facts) => facts.code === 'EISDIR' && facts.syscall === 'read',
    say: () => ({
      kind: 'invalid-input',
      title: 'There is a folder where a file is needed',
      detail: 'The original message names it. A folder cannot be read as a file.',
      hint: 'Rename or remove the folder.',
    }),
  },
  {
    when: code('ENAMETOOLONG', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY'),
    say: () => ({
      kind: 'invalid-input',
      title: 'There can be no file of that name',
      detail: 'The name is too long for this disk, or a folder has it already.',
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
      detail: 'It was stopped or it crashed while it was at work. What was not finished is lost.',
      hint: 'Start the engine again; Layerdeck connects by itself. Then try again.',
    }),
  },
  {
    when: (facts) => facts.code === 'ENOENT' && facts.syscall !== 'connect',
    say: () => ({
      kind: 'not-found',
      title: 'The file or folder is not there any more',
      detail: 'It was moved, renamed or removed since you chose it.',
      hint: 'Choose it once more.',
    }),
  },
  {
    when: code('ENOENT', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'ABORT_ERR'),
    say: () => ({
      kind: 'engine-missing',
      title: 'No engine answers there',
      detail: 'There is nothing at this address.',
      hint: 'Start the engine; Layerdeck connects by itself.',
    }),
  },
];
