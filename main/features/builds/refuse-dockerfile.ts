import type { Instruction } from '../../foundation/dockerfile/read-instructions.ts';
import { FailureError } from '../../foundation/failures/failure.ts';

/** Refuses a Dockerfile with nothing but arguments: engines up to version 26 crash on one, so it is never sent. */
export function refuseWithoutBase(path: string, instructions: Instruction[]): void {
  if (instructions.length === 0 || instructions.some(({ keyword }) => keyword !== 'ARG')) return;
  throw new FailureError({
    kind: 'dockerfile',
    title: 'The Dockerfile has no steps',
    detail: `${path} has only ARG lines. It lacks FROM, which names the image to start from. Nothing was sent to the engine.`,
    hint: 'Add a line such as FROM alpine below them and build again.',
  });
}
