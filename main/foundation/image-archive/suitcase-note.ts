import * as z from 'zod';
import type { SuitcaseMark } from '../../../contract/receipt.ts';
import { FailureError } from '../failures/failure.ts';
import { longestName, markOf, plainName, type Receipt, StoredLayer } from '../receipts/receipt.ts';
import type { ArchiveIndex } from './archive-index.ts';

/** The file in a tarball that says for whom it was packed without the layers that are there. Engines ignore it. */
export const suitcaseNoteName = 'layerdeck-suitcase.json';

/** Milliseconds from 1970 to the last date that can be shown, and as far back. */
const latestTime = 8_640_000_000_000_000;

/** The most layers of a registry that one file leaves out: what a reader of archives takes of one text, at some 300 bytes each. */
const mostStored = 12_000;

const tooManyLayers = {
  kind: 'invalid-input' as const,
  title: 'One file can’t leave out that many layers',
  detail: `The registry has more than ${mostStored.toLocaleString('en')} of the layers, and the file has to name each of them.`,
  hint: 'Save the images to several files.',
};

const Note = z.object({
  layerdeck: z.literal('suitcase'),
  version: z.literal(1),
  madeFor: z.string().min(1).max(longestName),
  mark: z.string().regex(/^[0-9a-f]{16}$/),
  receiptOf: z.number().int().min(-latestTime).max(latestTime).optional(),
  stored: z.array(StoredLayer).max(mostStored).optional(),
});

/** For whom a file was packed; for a registry with the layers that are left out, as it stores them. */
export type SuitcaseNote = SuitcaseMark & { stored?: readonly StoredLayer[] };

export const suitcaseNote = (note: SuitcaseNote): string => `${JSON.stringify({ layerdeck: 'suitcase', version: 1, ...note })}\n`;

/** What a file for the computer of a receipt says of it. `leftOut` are the digests of unpacked layers. */
export function noteFor(receipt: Receipt, leftOut: ReadonlySet<string>): SuitcaseNote {
  const { name: madeFor, madeAt, stored } = receipt;
  if (stored && leftOut.size > mostStored) throw new FailureError(tooManyLayers);
  return {
    madeFor,
    mark: markOf(receipt),
    ...(madeAt !== undefined && { receiptOf: madeAt }),
    ...(stored && { stored: stored.filter(({ diffId }) => leftOut.has(diffId)) }),
  };
}

/** For whom a tarball was packed; undefined if it doesn't say. It may say anything: whether layers are here is asked of the engine. */
export function readSuitcaseNote({ members }: ArchiveIndex): SuitcaseNote | undefined {
  const text = members.get(suitcaseNoteName)?.text?.toString('utf8');
  if (text === undefined) return undefined;
  try {
    const { madeFor, mark, receiptOf, stored } = Note.parse(JSON.parse(text));
    return { madeFor: plainName(madeFor), mark, ...(receiptOf !== undefined && { receiptOf }), ...(stored && { stored }) };
  } catch {
    return undefined;
  }
}

/** What of it the window shows. */
export const markIn = ({ stored, ...mark }: SuitcaseNote): SuitcaseMark => ({ ...mark, ...(stored && { isRegistry: true }) });
