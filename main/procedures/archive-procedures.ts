import { forecastSuitcase, shownReceipt } from '../features/images/forecast-suitcase.ts';
import { receiptOf } from '../features/images/receipt-of-engine.ts';
import { findLacking } from '../features/load-save/suitcase/find-lacking.ts';
import { takesParts } from '../foundation/engine/engine-info.ts';
import { previewArchive } from '../foundation/image-archive/preview-archive.ts';
import { readReceiptFile } from '../foundation/receipts/read-receipt-file.ts';
import type { Implementer, ProcedureParts } from './router.ts';
import { receiptFileName, writeReceiptFile } from './write-receipt-file.ts';

type ArchiveParts = Pick<ProcedureParts, 'grants' | 'shelves' | 'dialogs' | 'partials'>;

/** The contract's procedures about tarballs, and about receipts, by which they are packed for another computer. */
export const archiveProcedures = (os: Implementer, { grants, shelves, dialogs, partials }: ArchiveParts) => ({
  preview: os.archives.preview.handler(({ input, signal }) => previewArchive(grants.pathOf(input.archive, 'read'), signal)),
  completeness: os.archives.completeness.handler(async ({ input: { images } }) => ({
    ...findLacking(images, new Set([...(await shelves.main.allStacks()).values()].flat())),
    isAdded: !(await takesParts(shelves.main.connection.engine)),
  })),
  saveReceipt: os.archives.saveReceipt.handler(async ({ input: { at } }) => {
    const receipt = await receiptOf(shelves.at(at), Date.now());
    const path = await dialogs.chooseReceiptTarget(receiptFileName(receipt.name));
    if (path === null) return null;
    await writeReceiptFile(partials, path, receipt);
    return { path, layers: receipt.chains.size };
  }),
  chooseReceipt: os.archives.chooseReceipt.handler(() => dialogs.chooseReceipt()),
  readReceipt: os.archives.readReceipt.handler(async ({ input }) =>
    shownReceipt(await readReceiptFile(grants.pathOf(input.receipt, 'read'))),
  ),
  forecastSuitcase: os.archives.forecastSuitcase.handler(async ({ input: { references, receipt, at } }) =>
    forecastSuitcase(shelves.at(at), references, await readReceiptFile(grants.pathOf(receipt, 'read'))),
  ),
});
