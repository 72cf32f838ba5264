import type { ImageDetails, ImageList, ImageSummary, Layer } from '../../../contract/image.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import type { StepLayer } from './history.ts';
import { countUses, type IndexedImage, type LayerIndex } from './layer-index.ts';
import { listSteps } from './list-images.ts';

/** Everything that is shown about one image. Rejects with `not-found` if it is gone. */
export async function readImageDetails(engine: Engine, index: LayerIndex, list: ImageList | undefined, id: string): Promise<ImageDetails> {
  const isIt = (image: ImageSummary) => image.id === id;
  const summary = list?.images.find(isIt) ?? (await listSteps(engine)).find(isIt);
  if (!summary) throw imageGone;
  const [facts, own, others] = await Promise.all([inspectImage(engine, id), index.get(engine, id), indexedImages(engine, index, list)]);
  if (!own) throw imageGone;
  // how often a layer is used is known only if the layers of every image are
  const uses = others && countUses(others);
  const { Os, Architecture, Variant, Config: config } = facts;
  return {
    ...summary,
    platform: [Os, Architecture, Variant].filter(Boolean).join('/'),
    layers: own.steps.map((step) => layerOf(step, own, uses)),
    layerCount: own.diffIds.length,
    config: {
      entrypoint: config.Entrypoint,
      command: config.Cmd,
      workingDirectory: config.WorkingDir,
      user: config.User,
      environment: config.Env,
      ports: Object.keys(config.ExposedPorts),
      labels: config.Labels,
    },
  };
}

function layerOf({ isOdd: _, place, ...step }: StepLayer, { chains }: IndexedImage, uses: Map<string, number> | undefined): Layer {
  const used = uses?.get(chains[place ?? -1] ?? '');
  return { ...step, ...(place !== undefined && { number: place + 1 }), ...(used !== undefined && { sharedWith: used - 1 }) };
}

async function indexedImages(engine: Engine, index: LayerIndex, list: ImageList | undefined): Promise<IndexedImage[] | undefined> {
  const all = await Promise.all((list?.images ?? []).map((image) => index.get(engine, image.id)));
  const known = all.filter((image) => image !== undefined);
  return known.length < all.length ? undefined : known;
}

export const imageGone = new FailureError({
  kind: 'not-found',
  title: 'This image no longer exists',
  detail: 'It was removed in the meantime.',
  hint: 'Go back to the list of images.',
});
