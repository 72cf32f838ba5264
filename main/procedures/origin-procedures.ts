import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about where images come from. */
export const originProcedures = (os: Implementer, { shelves, origin }: Pick<ProcedureParts, 'shelves' | 'origin'>) => ({
  look: os.origin.look.handler(({ input: { id, at } }) => origin.look(shelves.at(at), id)),
  ask: os.origin.ask.handler(({ input: { id, at }, signal }) => origin.ask(shelves.at(at), id, signal)),
  askForNewer: os.origin.askForNewer.handler(({ input: { ids, at }, signal }) => origin.askForNewer(shelves.at(at), ids, signal)),
});
