import { writeFile } from 'node:fs/promises';
import type { PartialFiles } from '../foundation/files/partial-files.ts';
import { type Receipt, writeReceipt } from '../foundation/receipts/receipt.ts';

/** Writes a receipt where the person wanted it. */
export const writeReceiptFile = (partials: PartialFiles, path: string, receipt: Receipt): Promise<unknown> =>
  partials.write(path, async (partial) => {
    await writeFile(partial, writeReceipt(receipt), { flag: 'wx', flush: true });
    return {};
  });

/** What the file of a receipt is called: a computer may be called anything. */
export const receiptFileName = (name: string): string =>
  `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|-+$/g, '') || 'engine'}.receipt.json`;
