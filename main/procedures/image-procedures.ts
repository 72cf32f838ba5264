import { readImageDetails } from '../features/images/image-details.ts';
import { listSteps } from '../features/images/list-images.ts';
import { previewRemoval } from '../features/images/preview-removal.ts';
import { readRawImage } from '../foundation/engine/answers/image-answers.ts';
import { readHolders, removeHolder, writtenByHolder } from '../operations/holders.ts';
import { readLastUses } from '../operations/last-uses.ts';
import type { Implementer, ProcedureParts } from './router.ts';

const never = new AbortController().signal;

type ImageParts = Pick<ProcedureParts, 'shelves' | 'history' | 'uses' | 'trials'>;

/** The contract's procedures about the images of an engine. */
export const imageProcedures = (os: Implementer, { shelves, history, uses, trials }: ImageParts) => ({
  details: os.images.details.handler(({ input: { id, at } }) => {
    const { connection, layers, images } = shelves.at(at);
    return readImageDetails(connection.engine, layers, images.list, id);
  }),
  previewRemoval: os.images.previewRemoval.handler(({ input: { ids, at } }) => {
    const { connection, layers, images } = shelves.at(at);
    return previewRemoval(connection.engine, layers, images.list, ids);
  }),
  holders: os.images.holders.handler(({ input: { ids, at } }) => readHolders({ engine: shelves.at(at).connection.engine, trials }, ids)),
  writtenByHolder: os.images.writtenByHolder.handler(async ({ input: { ids, container, at } }) => ({
    bytes: (await writtenByHolder(shelves.at(at).connection.engine, ids, container)) ?? null,
  })),
  removeHolder: os.images.removeHolder.handler(({ input: { at, ...seen } }) =>
    removeHolder({ engine: shelves.at(at).connection.engine, trials }, seen),
  ),
  lastUses: os.images.lastUses.handler(({ input: { at }, signal = never }) =>
    readLastUses(shelves.at(at), { builds: history.summaries, uses }, signal),
  ),
  steps: os.images.steps.handler(({ input: { at } }) => listSteps(shelves.at(at).connection.engine)),
  inspect: os.images.inspect.handler(({ input: { id, at }, signal }) => readRawImage(shelves.at(at).connection.engine, id, signal)),
});
