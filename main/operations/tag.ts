import { untagImage } from '../features/images/remove-images.ts';
import { tagImage } from '../features/images/tag-image.ts';
import type { Prepare } from './operation-parts.ts';
import { shortName } from './short-name.ts';

/** Gives an image another name. */
export const prepareTag: Prepare<'tag'> = ({ image, reference }, { engine }) => ({
  title: `Add the tag ${shortName(reference)}`,
  isQuick: true,
  run: () => tagImage(engine(), image, reference),
});

/** Removes a name from an image that has others. */
export const prepareUntag: Prepare<'untag'> = ({ reference }, { engine }) => ({
  title: `Remove the tag ${shortName(reference)}`,
  isQuick: true,
  run: () => untagImage(engine(), reference),
});
