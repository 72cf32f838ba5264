import { basename } from 'node:path';
import { saveImages } from '../features/load-save/save-images.ts';
import { saveSuitcase } from '../features/load-save/suitcase/save-suitcase.ts';
import { readReceiptFile } from '../foundation/receipts/read-receipt-file.ts';
import type { Prepare } from './operation-parts.ts';

/** Saves images to a file; with a receipt, only what the computer of the receipt lacks. */
export const prepareSave: Prepare<'save'> = (request, { engine, grants, partials, inUse, onTheWay }) => {
  const { references, target, checksum = false, receipt } = request;
  const path = grants.pathOf(target, 'write');
  const receiptPath = receipt === undefined ? undefined : grants.pathOf(receipt, 'read');
  const order = { references, target: path, checksum };
  return {
    title: `Save ${basename(path)}`,
    run: async (context) => {
      await inUse.refuse(path);
      if (receiptPath === undefined) return saveImages(engine(), order, partials, context);
      const whose = await readReceiptFile(receiptPath);
      return saveSuitcase(engine(), { ...order, receipt: whose }, { partials, folder: onTheWay }, context);
    },
  };
};
