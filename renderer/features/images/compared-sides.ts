import type { ComparedSide, CompareImagesRoute } from '../../desk/navigation.ts';
import type { ImageRow } from './image-row.ts';

/** Two selected images as they are compared: the older one first, and of two made in the same second, the one with the lower name. */
export function comparedSides(chosen: ImageRow[]): CompareImagesRoute['sides'] {
  const [first = null, second = null] = chosen
    .toSorted((one, other) => one.image.createdAt - other.image.createdAt || one.name.localeCompare(other.name, 'en', { numeric: true }))
    .map(({ at, name, image: { id } }): ComparedSide => ({ from: { kind: 'engine', image: id, ...(at !== undefined && { at }) }, name }));
  return [first, second];
}
