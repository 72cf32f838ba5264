import { parseConfiguration } from '../../foundation/formats/manifest.ts';
import { noteFor, type SuitcaseNote } from '../../foundation/image-archive/suitcase-note.ts';
import { type NamedStack, type Receipt, whichAreOn } from '../../foundation/receipts/receipt.ts';
import type { ContentBlob, ImageContent } from './image-content.ts';
import { readWholeBlob } from './read-whole-blob.ts';

/** Which blobs of a copy another computer has, by its receipt. */
export type LeftOut = { digests: ReadonlySet<string>; note: SuitcaseNote };

/** Reads the configurations, which name the unpacked layers that a receipt tells of. */
export async function findLeftOut({ images, blobs }: ImageContent, receipt: Receipt, signal: AbortSignal): Promise<LeftOut> {
  const byDigest = new Map(blobs.map((blob) => [blob.digest, blob]));
  const stacks: NamedStack[] = [];
  for (const { config, layers } of images) {
    const blob = byDigest.get(config);
    if (blob) stacks.push({ names: layers, diffIds: await diffIdsIn(blob, signal) });
  }
  const isThere = whichAreOn(receipt, stacks);
  const unpacked = stacks.flatMap(({ names, diffIds }) => diffIds.filter((_, at) => isThere.get(names[at] ?? '')));
  return {
    digests: new Set([...isThere].filter(([, is]) => is).map(([digest]) => digest)),
    note: noteFor(receipt, new Set(unpacked)),
  };
}

async function diffIdsIn(config: ContentBlob, signal: AbortSignal): Promise<string[]> {
  const pieces: Buffer[] = [];
  for await (const piece of readWholeBlob(config, { signal, onWait: () => {}, onBytes: () => {} })) pieces.push(piece);
  return parseConfiguration(Buffer.concat(pieces).toString('utf8')).rootfs.diff_ids;
}
