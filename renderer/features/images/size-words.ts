import type { ImagePlatform } from '../../../contract/image.ts';
import { bytes, count } from '../../ui/format.ts';

/** "13.0 MB: 5.0 MB packed, 8.0 MB unpacked", where the engine keeps both; otherwise the bytes alone. */
export const sizeWords = (all: number, packed: number | undefined): string =>
  packed === undefined ? bytes(all) : `${bytes(all)}: ${bytes(packed)} packed, ${bytes(all - packed)} unpacked`;

/** What a chip says of a platform when it is pointed at. */
export const platformWords = ({ isHere, size }: ImagePlatform): string =>
  isHere ? `Here, ${bytes(size)}` : 'The image names this platform, but its layers aren’t here.';

/** "2 of 3 platforms are here" */
export function platformsHere(platforms: ImagePlatform[]): string {
  const here = platforms.filter(({ isHere }) => isHere).length;
  if (here === platforms.length) return `${count(here, 'platform')}, all of them here`;
  return `${here} of ${count(platforms.length, 'platform')} ${here === 1 ? 'is' : 'are'} here`;
}
