import type { ContextEntry } from './context-walk.ts';

/** Is shown what a builder sends of the context, so that the next build can be compared with this one. */
export type ContextWitness = {
  /** Called for each entry that is sent, in the order of the walk; an entry may be seen again. */
  saw(entry: ContextEntry): void;
  /** All that the builder asked for by now is with it; it may ask for more. */
  sent(): void;
};
