import { platformsOfList } from '../features/copy/lists/take-apart.ts';
import { viewList } from '../operations/image-lists.ts';
import type { Implementer, ProcedureParts } from './router.ts';
import { withFailures } from './with-failures.ts';

/** The contract's procedures about what is in registries. */
export const registryProcedures = (
  os: Implementer,
  { browse, images, access, forecasts, connection }: Pick<ProcedureParts, 'browse' | 'images' | 'access' | 'forecasts' | 'connection'>,
) => ({
  repositories: os.registry.repositories.handler(({ input: { registry }, signal }) => {
    const names = (images.list?.images ?? []).flatMap(({ references, digests }) => [...references, ...digests]);
    return withFailures(browse.repositories(registry, names, signal));
  }),
  tags: os.registry.tags.handler(({ input, signal }) => withFailures(browse.tags(input, signal))),
  details: os.registry.details.handler(({ input, signal }) => withFailures(browse.details(input, signal))),
  look: os.registry.look.handler(({ input, signal }) => browse.look(input, signal)),
  previewRemoval: os.registry.previewRemoval.handler(({ input, signal }) => withFailures(browse.previewRemoval(input, signal))),
  findOld: os.registry.findOld.handler(({ input, signal }) => withFailures(browse.findOld(input, signal))),
  previewList: os.registry.previewList.handler(({ input, signal }) =>
    viewList(input, access, { engine: () => connection.engine, forecasts }, signal),
  ),
  platforms: os.registry.platforms.handler(({ input, signal }) => platformsOfList(input, access, signal)),
});
