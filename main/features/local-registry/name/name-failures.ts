import { FailureError } from '../../../foundation/failures/failure.ts';

// what can be wrong with a name for the registry, each with its next step

export const cantChangeHosts = (file: string): FailureError =>
  new FailureError({
    kind: 'not-permitted',
    title: 'Layerdeck can’t change the hosts file',
    detail: `${file} belongs to the system, and this system has no program that asks for permission (pkexec).`,
    hint: 'Change the line by hand, as root, then check again.',
  });

/** `cause` is what the program said; empty if it said nothing. */
export const nothingChanged = (file: string, cause: string): FailureError =>
  new FailureError({
    kind: 'not-permitted',
    title: 'The hosts file wasn’t changed',
    detail: `The system’s question wasn’t agreed to, or ${file} can’t be written.`,
    hint: 'Try again, or change the line by hand and check again.',
    ...(cause !== '' && { cause: cause.slice(0, 500) }),
  });

export const isTaken = (file: string, name: string, { number, address }: { number: number; address: string }): FailureError =>
  new FailureError({
    kind: 'in-use',
    title: `${name} already leads to ${address}`,
    detail: `Line ${number} of ${file} says so, and isn’t Layerdeck’s.`,
    hint: 'Choose another name, or remove that line first.',
  });
