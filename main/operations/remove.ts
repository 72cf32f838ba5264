import { removeImages } from '../features/images/remove-images.ts';
import type { Prepare } from './operation-parts.ts';

/** Removes images with all their names. */
export const prepareRemove: Prepare<'remove'> = ({ images }, { engine }) => ({
  title: images.length === 1 ? 'Remove an image' : `Remove ${images.length} images`,
  isQuick: true,
  run: (context) => removeImages(engine(), images, context),
});
