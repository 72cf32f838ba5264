import type { ImageDetails, Layer } from '../../contract/image.ts';
import { bytes, count } from '../ui/format.ts';

/** What a step's layer holds, in a few words. */
export function sizeWords({ hasLayer, size }: Layer): string {
  if (hasLayer) return bytes(size);
  return hasLayer === false ? 'No layer: it changed no files' : 'No bytes. Whether it has a layer is not known';
}

/** Who else has the layer; undefined for a step without one. */
export function sharedWords({ hasLayer, sharedWith }: Layer): string | undefined {
  if (hasLayer === false) return undefined;
  if (sharedWith === undefined) return 'not known';
  return sharedWith > 0 ? `with ${count(sharedWith, 'other image')}` : 'with no other image';
}

/** Layers are counted from the bottom, as they were made. */
export function placeWords({ hasLayer, number }: Layer, layerCount: number): string {
  if (hasLayer === false) return 'A step that adds no files';
  if (number !== undefined) return `Layer ${number} of ${layerCount}`;
  return hasLayer ? `One of ${count(layerCount, 'layer')}` : 'A step, perhaps with a layer';
}

/** Says so where the engine does not tell which steps made the layers; undefined where it does. */
export function doubtWords({ layers }: Pick<ImageDetails, 'layers'>): string | undefined {
  const doubtful = layers.filter(({ hasLayer }) => hasLayer === undefined).length;
  if (doubtful === 0) return undefined;
  const steps = doubtful === 1 ? 'one step without bytes has' : `${doubtful} steps without bytes have`;
  return `The engine does not say whether ${steps} a layer, so of some layers it is not known which step made them.`;
}
