import { ORPCError } from '@orpc/server';
import { toFailure } from '../foundation/failures/failure.ts';
import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about what is in registries. */
export const registryProcedures = (os: Implementer, { browse, images }: Pick<ProcedureParts, 'browse' | 'images'>) => ({
  repositories: os.registry.repositories.handler(({ input: { registry }, signal }) => {
    const names = (images.list?.images ?? []).flatMap(({ references, digests }) => [...references, ...digests]);
    return withFailures(browse.repositories(registry, names, signal));
  }),
  tags: os.registry.tags.handler(({ input, signal }) => withFailures(browse.tags(input, signal))),
  details: os.registry.details.handler(({ input, signal }) => withFailures(browse.details(input, signal))),
  look: os.registry.look.handler(({ input, signal }) => browse.look(input, signal)),
  previewRemoval: os.registry.previewRemoval.handler(({ input, signal }) => withFailures(browse.previewRemoval(input, signal))),
  findOld: os.registry.findOld.handler(({ input, signal }) => withFailures(browse.findOld(input, signal))),
});

/** What goes wrong in the middle of a stream is told as what goes wrong at its beginning. */
async function* withFailures<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* parts;
  } catch (error) {
    throw new ORPCError('FAILED', { data: toFailure(error), message: 'failed' });
  }
}
