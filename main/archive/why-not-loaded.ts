import { FailureError } from '../engine/failure.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { FoundImage, FoundLayer } from '../formats/image-archive/found-image.ts';

/** The first Docker Engine that reads layers packed with zstd. */
const firstWithZstd = 23;

/** What an engine says of a file that is whole, but that it cannot take, in words that are true of it; all else as it is. */
export function whyNotLoaded(error: unknown, images: FoundImage[], engine: Engine): unknown {
  // the engine refused it only where all of it was read and found whole
  if (error instanceof FailureError || images.length === 0) return error;
  const cause = error instanceof Error ? error.message : String(error);
  const layers = images.flatMap((image) => image.layers);
  const isOld = engine.product === 'Docker' && Number.parseInt(engine.version, 10) < firstWithZstd;
  if (isOld && layers.some(({ packing }) => packing === 'zstd') && /unexpected EOF|archive\/tar|invalid tar header|zstd/.test(cause)) {
    return new FailureError({ kind: 'bad-archive', ...tooOld(engine.version), cause });
  }
  const absent = layers.filter(({ isAbsent }) => isAbsent);
  if (absent.length > 0 && /no such file|not found|not exist|unable to find|missing|no content/i.test(cause)) {
    return new FailureError({ kind: 'bad-archive', ...leftOut(absent, layers.length), cause });
  }
  return error;
}

const tooOld = (version: string) => ({
  title: 'This engine is too old for the file',
  detail: `The file is whole. Its layers are packed with zstd, which Docker Engine reads from version ${firstWithZstd} on; this one is ${version}.`,
  hint: 'Update the engine, load it into Podman, or save the image again with layers that are packed with gzip.',
});

function leftOut(absent: FoundLayer[], all: number) {
  const isForeign = absent.some(({ mediaType }) => /foreign|nondistributable/.test(mediaType));
  const why = isForeign
    ? 'They are of the kind that must not be passed on, as those of Windows.'
    : 'They were left out for an engine that has them already, and this one has not.';
  return {
    title: 'A part of the image is missing in the file',
    detail: `${absent.length} of ${all} layers are not in it. ${why}`,
    hint: isForeign
      ? 'Pull the image from its registry.'
      : 'Save the image again, with all its layers, or load the image first that it was made from.',
  };
}
