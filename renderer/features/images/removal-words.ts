import type { RemovalPreview } from '../../../contract/image.ts';
import { imageName } from '../../desk/image-name.ts';
import { bytes, count, listed } from '../../ui/format.ts';
import { sizeWords } from './size-words.ts';

/** Images that no container holds. */
export const removableIds = ({ images }: RemovalPreview): string[] =>
  images.filter(({ usedBy }) => usedBy.length === 0).map(({ id }) => id);

/** What the button says: how many images go, and how many bytes that frees. */
export function removalAction(preview: RemovalPreview): string {
  const number = removableIds(preview).length;
  if (preview.images.length === 0 || number === 0) return 'Remove';
  const what = `Remove ${count(number, 'image')}`;
  const { freed } = preview;
  return freed && freed.bytes > 0 ? `${what}, free ${freed.isAtMost ? 'up to ' : ''}${bytes(freed.bytes)}` : what;
}

/** "This also removes its names stable and app:2", for an image that has more than one name. */
export function otherNames(references: string[]): string | undefined {
  const [first, ...others] = references;
  if (!first || others.length === 0) return undefined;
  return `This also removes its ${others.length === 1 ? 'name' : 'names'} ${listed(others)}`;
}

/** "app:1 stays: in use by web." */
export function blockedBy(image: { id: string; references: string[]; usedBy: string[] }): string {
  const { usedBy } = image;
  const containers = usedBy.length > 3 ? count(usedBy.length, 'container') : listed(usedBy);
  return `${imageName(image)} stays: in use by ${containers}.`;
}

/** How much space a removal frees, in a few sentences. */
export function freedWords({ freed }: RemovalPreview): string {
  if (freed === undefined) return 'It isn’t known how much space this frees.';
  const { bytes: all, inCache = 0 } = freed;
  if (all === 0 && inCache > 0) return `This frees no space yet: the build cache keeps ${bytes(inCache)} until it is cleared.`;
  if (all === 0) return 'This frees no space: every layer is empty, or another image needs it.';
  const cache = inCache > 0 ? ` The build cache keeps another ${bytes(inCache)} until it is cleared.` : '';
  const unsure = freed.isAtMost ? ' The build cache may keep some of it.' : '';
  return `This frees ${freed.isAtMost ? 'at most ' : ''}${sizeWords(freed.bytes, freed.packed)}. Layers that other images share stay.${cache}${unsure}`;
}
