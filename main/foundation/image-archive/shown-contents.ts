import { digestOf } from '../formats/digest.ts';
import { RefusedArchive } from '../formats/refused-archive.ts';
import type { FoundImage } from './found-image.ts';

/** A fingerprint of which images a file holds and what they are called there: it changes when these change. */
export const contentsOf = (images: FoundImage[]): string =>
  digestOf(JSON.stringify(images.map(({ config, names }) => [config.digest, ...names.map(({ docker }) => docker)])));

/** Throws a refusal if a file holds something other than what was shown; not if nothing was shown. */
export function checkShown(contents: string, shown: string | undefined): void {
  if (shown !== undefined && contents !== shown) throw changed;
}

const changed = new RefusedArchive(
  'The file has changed',
  'It was changed after its contents were shown, and now holds other images or names. Nothing was taken from it. Open it again.',
);
