import { RegistryRepository } from '../../contract/tag-moves.ts';
import { withRepository } from '../foundation/registries/open-repository.ts';
import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about where tags were before. */
export const tagProcedures = (os: Implementer, { shelves, tagMoves, access }: Pick<ProcedureParts, 'shelves' | 'tagMoves' | 'access'>) => ({
  repositories: os.tags.repositories.handler(({ input: { at } }) => tagMoves.repositories(shelves.at(at).connection.engine)),
  inRegistries: os.tags.inRegistries.handler(() => tagMoves.inRegistries()),
  timeline: os.tags.timeline.handler(({ input: { at, repository, from, containing, inRegistry } }) =>
    inRegistry
      ? tagMoves.timelineInRegistry(RegistryRepository.parse(repository), from, containing)
      : tagMoves.timeline(shelves.at(at).connection.engine, repository, from, containing),
  ),
  look: os.tags.look.handler(({ input: { repository }, signal }) => tagMoves.look(repository, access, signal)),
  isThere: os.tags.isThere.handler(({ input: { repository, digest }, signal }) =>
    withRepository(`${repository}@${digest}`, access, (there, version) => there.hasManifest(version, signal), signal),
  ),
  forget: os.tags.forget.handler(() => tagMoves.forget()),
});
