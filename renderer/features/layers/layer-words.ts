import type { ImageDetails, Layer } from '../../../contract/image.ts';
import { bytes, count } from '../../ui/format.ts';

/** What a step's layer holds, in a few words. */
export function sizeWords({ hasLayer, size }: Layer): string {
  if (hasLayer) return bytes(size);
  return hasLayer === false ? 'No layer: the step changed no files' : 'No bytes; it’s unknown whether it has a layer';
}

/** Who else has the layer; undefined for a step without one. */
export function sharedWords({ hasLayer, sharedWith }: Layer): string | undefined {
  if (hasLayer === false) return undefined;
  if (sharedWith === undefined) return 'unknown';
  return sharedWith > 0 ? `with ${count(sharedWith, 'other image')}` : 'with no other image';
}

/** Layers are counted from the bottom, as they were made. */
export function placeWords({ hasLayer, number }: Layer, layerCount: number): string {
  if (hasLayer === false) return 'A step that adds no files';
  if (number !== undefined) return `Layer ${number} of ${layerCount}`;
  return hasLayer ? `One of ${count(layerCount, 'layer')}` : 'A step that may have a layer';
}

/** Says that the engine doesn’t tell which steps made the layers; undefined if it does. */
export function doubtWords({ layers }: Pick<ImageDetails, 'layers'>): string | undefined {
  const doubtful = layers.filter(({ hasLayer }) => hasLayer === undefined).length;
  if (doubtful === 0) return undefined;
  const steps = doubtful === 1 ? 'one step without bytes has' : `${doubtful} steps without bytes have`;
  return `The engine doesn’t say whether ${steps} a layer, so it isn’t known which steps made some of the layers.`;
}
