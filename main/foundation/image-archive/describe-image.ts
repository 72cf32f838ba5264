import * as z from 'zod';
import type { ArchivedImage } from '../../../contract/archive.ts';
import { cleanInstruction } from '../formats/clean-instruction.ts';
import { parseConfiguration, platformWords } from '../formats/manifest.ts';
import type { FoundImage } from './found-image.ts';

const History = z.object({
  history: z.array(z.object({ created_by: z.string().nullish(), comment: z.string().nullish(), empty_layer: z.boolean().nullish() })),
});
/** The most characters of an instruction that are shown. */
const mostLetters = 2000;

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
    layers: layers.map(({ diffId, size, isAbsent }, at) => {
      // a history with a different number of layers is of no use
      const instruction = instructions.length === layers.length ? instructions[at] : undefined;
      return { diffId, size, ...(instruction && { instruction }), ...(isAbsent && { isAbsent }) };
    }),
    size: layers.reduce((sum, { size }) => sum + size, 0),
  };
}

function readInstructions(text: string): string[] {
  const read = History.safeParse(JSON.parse(text));
  if (!read.success) return [];
  return read.data.history
    .filter(({ empty_layer }) => !empty_layer)
    .map(({ created_by, comment }) => cleanInstruction((created_by ?? '').slice(0, mostLetters)) || (comment ?? '').slice(0, mostLetters));
}
