import type { RemovalPreview } from '../../contract/image.ts';
import { imageName } from '../connection/image-name.ts';
import { bytes, count, listed } from '../ui/format.ts';

/** Images that no container holds. */
export const removableIds = ({ images }: RemovalPreview): string[] =>
  images.filter(({ usedBy }) => usedBy.length === 0).map(({ id }) => id);

/** What the button says: how much comes back, or how many images go. */
export function removalAction(preview: RemovalPreview): string {
  const number = removableIds(preview).length;
  if (preview.images.length === 0 || number === 0) return 'Remove';
  const what = `Remove ${count(number, 'image')}`;
  return preview.freed !== undefined && preview.freed > 0 ? `${what}, free ${bytes(preview.freed)}` : what;
}

/** "Deleting app:1 also deletes stable" for an image that has more than one name. */
export function alsoGoes(references: string[]): string | undefined {
  const [first, ...others] = references;
  if (!first || others.length === 0) return undefined;
  return `Deleting ${first} also deletes ${listed(others)}`;
}

/** "In use by web. Remove the container first." */
export function blockedBy(image: { id: string; references: string[]; usedBy: string[] }): string {
  const { usedBy } = image;
  const containers = usedBy.length > 3 ? count(usedBy.length, 'container') : listed(usedBy);
  return `${imageName(image)} stays: in use by ${containers}.`;
}

/** What comes back on disk, in a sentence. */
export function freedWords({ freed }: RemovalPreview): string {
  if (freed === undefined) return 'How much space comes back is not known.';
  if (freed === 0) return 'No space comes back: nothing goes that has bytes and that no other image needs.';
  return `${bytes(freed)} come back. Layers that other images share stay.`;
}
