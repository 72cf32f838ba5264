import * as z from 'zod';
import type { SuitcaseMark } from '../../../contract/receipt.ts';
import type { ArchiveIndex } from './archive-index.ts';

/** The file in a tarball that says for whom it was packed without the layers that are there. Engines ignore it. */
export const suitcaseNoteName = 'layerdeck-suitcase.json';

const Note = z.object({
  layerdeck: z.literal('suitcase'),
  version: z.literal(1),
  madeFor: z.string().min(1).max(200),
  mark: z.string().regex(/^[0-9a-f]{16}$/),
  receiptOf: z.number().int().nonnegative().optional(),
});

export const suitcaseNote = (mark: SuitcaseMark): string => `${JSON.stringify({ layerdeck: 'suitcase', version: 1, ...mark })}\n`;

/** For whom a tarball was packed; undefined if it doesn't say. It may say anything: whether layers are here is asked of the engine. */
export function readSuitcaseNote({ members }: ArchiveIndex): SuitcaseMark | undefined {
  const text = members.get(suitcaseNoteName)?.text?.toString('utf8');
  if (text === undefined) return undefined;
  try {
    const { madeFor, mark, receiptOf } = Note.parse(JSON.parse(text));
    return { madeFor, mark, ...(receiptOf !== undefined && { receiptOf }) };
  } catch {
    return undefined;
  }
}
