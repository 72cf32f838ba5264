import type { BuiltLayer } from '../../../contract/build-record.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { readImageLayers } from './read-layers.ts';

/** An image's steps with their layers, the oldest first, including those of its base. Rejects if the engine lacks the image. */
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
