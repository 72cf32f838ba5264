import { FailureError } from '../engine/failure.ts';
import type { Instruction } from './explain/read-instructions.ts';

/** Engines up to 26 end themselves over a Dockerfile that has arguments and nothing else: it is never sent to one. */
export function refuseWithoutBase(path: string, instructions: Instruction[]): void {
  if (instructions.length === 0 || instructions.some(({ keyword }) => keyword !== 'ARG')) return;
  throw new FailureError({
    kind: 'dockerfile',
    title: 'The Dockerfile has no steps',
    detail: `${path} has nothing but ARG lines. FROM, which names the image to start from, is missing. Nothing was sent to the engine.`,
    hint: 'Add a line such as FROM alpine below them and build again.',
  });
}
