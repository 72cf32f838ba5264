import type { Implementer, Parts } from './router.ts';

/** The words of the contract about tarballs. */
export const archiveProcedures = (os: Implementer, { grants }: Pick<Parts, 'grants'>) => ({
  preview: os.archives.preview.handler(async function* ({ input }) {
    grants.pathOf(input.archive, 'read');
    yield { kind: 'preview' as const, preview: { kind: 'refused' as const, title: 'Not built yet', reason: 'Not built yet' } };
  }),
});
