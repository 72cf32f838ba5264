import * as z from 'zod';
import { cleanInstruction } from './clean-instruction.ts';

const History = z.object({
  history: z.array(z.object({ created_by: z.string().nullish(), comment: z.string().nullish(), empty_layer: z.boolean().nullish() })),
});
/** The most characters of an instruction that are shown. */
const mostLetters = 2000;

/** The instructions that made the layers of an image, the lowest first, by its configuration; empty if that doesn't say. */
export function readInstructions(configuration: string): string[] {
  const read = History.safeParse(JSON.parse(configuration));
  if (!read.success) return [];
  return read.data.history
    .filter(({ empty_layer }) => !empty_layer)
    .map(({ created_by, comment }) => cleanInstruction((created_by ?? '').slice(0, mostLetters)) || (comment ?? '').slice(0, mostLetters));
}
