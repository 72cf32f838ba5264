import { previewArchive } from '../foundation/image-archive/preview-archive.ts';
import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about tarballs. */
export const archiveProcedures = (os: Implementer, { grants }: Pick<ProcedureParts, 'grants'>) => ({
  preview: os.archives.preview.handler(({ input, signal }) => previewArchive(grants.pathOf(input.archive, 'read'), signal)),
});
