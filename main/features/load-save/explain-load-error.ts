import type { EngineFacts } from '../../../contract/engine.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { isForeign } from '../../foundation/image-archive/describe-image.ts';
import type { FoundImage, FoundLayer } from '../../foundation/image-archive/found-image.ts';

/** The first Docker Engine that reads layers packed with zstd. */
const firstWithZstd = 23;

/** Explains why an engine refused a file that is intact but beyond its abilities. Returns any other error unchanged. */
export function explainLoadError(error: unknown, images: FoundImage[], engine: Pick<EngineFacts, 'product' | 'version'>): unknown {
  // the engine is to blame only if the whole file was read and found intact
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
  detail: `The file is intact. Its layers are packed with zstd, which Docker Engine can read since version ${firstWithZstd}; this one is ${version}.`,
  hint: 'Update the engine, load the file into Podman, or save the image again with layers packed with gzip.',
});

function leftOut(absent: FoundLayer[], all: number) {
  const areForeign = absent.some(({ mediaType }) => isForeign(mediaType));
  const why = areForeign
    ? 'They are of a kind that may not be redistributed, like those of Windows.'
    : 'They were left out for an engine that already has them; this one lacks them, or takes images only whole.';
  return {
    title: 'Part of the image is missing from the file',
    detail: `${absent.length} of ${all} layers aren’t in it. ${why}`,
    hint: areForeign
      ? 'Pull the image from its registry.'
      : 'Open the file again and let Layerdeck look inside: it says whether the rest is here, and adds it where an engine needs that.',
  };
}
