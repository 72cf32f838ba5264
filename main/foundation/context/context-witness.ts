import type { ContextEntry } from './context-walk.ts';

/** Sees everything that is sent from the context, so that the next build can be compared with this one. */
export type ContextWitness = {
  /** Called for each entry that is sent, in the order of the walk; the same entry may come again. */
  saw(entry: ContextEntry): void;
  /** Called when the builder has everything it asked for so far; it may ask for more. */
  sent(): void;
};
