import { readImageDetails } from '../features/images/image-details.ts';
import { listSteps } from '../features/images/list-images.ts';
import { previewRemoval } from '../features/images/preview-removal.ts';
import { readRawImage } from '../foundation/engine/answers/image-answers.ts';
import { readLastUses } from '../operations/last-uses.ts';
import type { Implementer, ProcedureParts } from './router.ts';

const never = new AbortController().signal;

/** The contract's procedures about the images of an engine. */
export const imageProcedures = (os: Implementer, { shelves, history, uses }: Pick<ProcedureParts, 'shelves' | 'history' | 'uses'>) => ({
  details: os.images.details.handler(({ input: { id, at } }) => {
    const { connection, layers, images } = shelves.at(at);
    return readImageDetails(connection.engine, layers, images.list, id);
  }),
  previewRemoval: os.images.previewRemoval.handler(({ input: { ids, at } }) => {
    const { connection, layers, images } = shelves.at(at);
    return previewRemoval(connection.engine, layers, images.list, ids);
  }),
  lastUses: os.images.lastUses.handler(({ input: { at }, signal = never }) =>
    readLastUses(shelves.at(at), { builds: history.summaries, uses }, signal),
  ),
  steps: os.images.steps.handler(({ input: { at } }) => listSteps(shelves.at(at).connection.engine)),
  inspect: os.images.inspect.handler(({ input: { id, at }, signal }) => readRawImage(shelves.at(at).connection.engine, id, signal)),
});
