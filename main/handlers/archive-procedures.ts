import { previewArchive } from '../formats/image-archive/preview-archive.ts';
import type { Implementer, Parts } from './router.ts';

/** The words of the contract about tarballs. */
export const archiveProcedures = (os: Implementer, { grants }: Pick<Parts, 'grants'>) => ({
  preview: os.archives.preview.handler(({ input, signal }) => previewArchive(grants.pathOf(input.archive, 'read'), signal)),
});
