import type { BuiltLayer } from '../../contract/build-record.ts';
import type { Engine } from '../engine/open-engine.ts';
import { alignLayers, type HistoryStep } from './history.ts';

/** The steps of an image with their layers, oldest first, those of its base included. Rejects where the engine lacks it. */
export async function readBuiltLayers({ docker }: Engine, imageId: string): Promise<BuiltLayer[]> {
  const image = docker.getImage(imageId);
  const [history, { RootFS }] = await Promise.all([image.history() as Promise<HistoryStep[]>, image.inspect()]);
  return alignLayers(history, RootFS?.Layers ?? [])
    .toReversed()
    .map(({ instruction, size, diffId }) => ({ createdBy: instruction, size, ...(diffId && { diffId }) }));
}
