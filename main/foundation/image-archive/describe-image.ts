import type { ArchivedImage } from '../../../contract/archive.ts';
import { parseConfiguration, platformWords } from '../formats/manifest.ts';
import { readInstructions } from '../formats/read-instructions.ts';
import type { FoundImage } from './found-image.ts';

/** What the window shows about an image in a tarball. */
export function describeImage({ config, layers, manifest, indexes, names }: FoundImage): ArchivedImage {
  const text = Buffer.from(config.text).toString('utf8');
  const configuration = parseConfiguration(text);
  const instructions = readInstructions(text);
  return {
    ids: [config.digest, ...(manifest ? [manifest.digest] : []), ...indexes],
    references: names.map(({ docker }) => docker),
    referencesOnPodman: names.map(({ podman }) => podman),
    platform: platformWords(configuration),
    createdAt: Math.max(0, Date.parse(configuration.created ?? '') || 0),
    layers: layers.map(({ diffId, size, isAbsent, mediaType }, at) => {
      // a history with a different number of layers is of no use
      const instruction = instructions.length === layers.length ? instructions[at] : undefined;
      return {
        diffId,
        size,
        ...(instruction && { instruction }),
        ...(isAbsent && { isAbsent, ...(isForeign(mediaType) && { isElsewhere: true }) }),
      };
    }),
    size: layers.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Whether layers of a media type, those of Windows, may not be passed on. */
export const isForeign = (mediaType: string): boolean => /foreign|nondistributable/.test(mediaType);
