import type { BuiltLayer } from '../../contract/build-record.ts';
import type { Engine } from '../engine/open-engine.ts';
import { readImageLayers } from './read-layers.ts';

/** The steps of an image with their layers, oldest first, those of its base included. Rejects where the engine lacks it. */
export async function readBuiltLayers(engine: Engine, imageId: string): Promise<BuiltLayer[]> {
  const { steps } = await readImageLayers(engine, imageId);
  return steps.toReversed().map(({ instruction, size, hasLayer, diffId, isByBuildKit }) => ({
    createdBy: instruction,
    size,
    isByBuildKit,
    ...(hasLayer !== undefined && { hasLayer }),
    ...(diffId && { diffId }),
  }));
}
