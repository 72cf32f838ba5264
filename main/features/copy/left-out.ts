import type { SuitcaseMark } from '../../../contract/receipt.ts';
import { parseConfiguration } from '../../foundation/formats/manifest.ts';
import { chainIds } from '../../foundation/layers/chain-ids.ts';
import { whichAreThere } from '../../foundation/layers/which-are-there.ts';
import { markOf, type Receipt } from '../../foundation/receipts/receipt.ts';
import type { ContentBlob, ImageContent } from './image-content.ts';
import { readWholeBlob } from './read-whole-blob.ts';

/** Which blobs of a copy another computer has, by its receipt. */
export type LeftOut = { digests: ReadonlySet<string>; mark: SuitcaseMark };

/** Reads the configurations, which name the unpacked layers that a receipt tells of. */
export async function findLeftOut({ images, blobs }: ImageContent, receipt: Receipt, signal: AbortSignal): Promise<LeftOut> {
  const byDigest = new Map(blobs.map((blob) => [blob.digest, blob]));
  const stacks = [];
  for (const { config, layers } of images) {
    const blob = byDigest.get(config);
    if (blob) stacks.push({ names: layers, chains: chainIds(await diffIdsIn(blob, signal)) });
  }
  const isThere = whichAreThere(stacks, receipt.chains);
  const { name: madeFor, madeAt } = receipt;
  return {
    digests: new Set([...isThere].filter(([, is]) => is).map(([digest]) => digest)),
    mark: { madeFor, mark: markOf(receipt), ...(madeAt !== undefined && { receiptOf: madeAt }) },
  };
}

async function diffIdsIn(config: ContentBlob, signal: AbortSignal): Promise<string[]> {
  const pieces: Buffer[] = [];
  for await (const piece of readWholeBlob(config, { signal, onWait: () => {}, onBytes: () => {} })) pieces.push(piece);
  return parseConfiguration(Buffer.concat(pieces).toString('utf8')).rootfs.diff_ids;
}
