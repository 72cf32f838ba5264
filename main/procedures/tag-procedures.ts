import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about where tags were before. */
export const tagProcedures = (os: Implementer, { shelves, tagMoves }: Pick<ProcedureParts, 'shelves' | 'tagMoves'>) => ({
  repositories: os.tags.repositories.handler(({ input: { at } }) => tagMoves.repositories(shelves.at(at).connection.engine)),
  timeline: os.tags.timeline.handler(({ input: { at, repository, from } }) =>
    tagMoves.timeline(shelves.at(at).connection.engine, repository, from),
  ),
  forget: os.tags.forget.handler(() => tagMoves.forget()),
});
