import type { ComparedPair, CompareView } from '../../contract/compare.ts';
import type { Implementer, ProcedureParts } from './router.ts';

/** The contract's procedures about what two images differ in. */
export const compareProcedures = (os: Implementer, { layerFiles }: Pick<ProcedureParts, 'layerFiles'>) => {
  const { desk } = layerFiles;
  const pairOf = ({ first, second }: ComparedPair) => ({ first: layerFiles.layersOf(first), second: layerFiles.layersOf(second) });
  const orderOf = ({ withTimes = false, filter = {} }: CompareView) => ({ withTimes, filter });
  return {
    images: os.compare.images.handler(({ input }) => layerFiles.compared(input)),
    summary: os.compare.summary.handler(({ input }) => desk.ask('compareSummary', [pairOf(input), input.withTimes ?? false])),
    folder: os.compare.folder.handler(({ input: { view, place, order, page } }) =>
      desk.ask('compareFolder', [pairOf(view), orderOf(view), place, order, page]),
    ),
    found: os.compare.found.handler(({ input: { view, order, page } }) =>
      desk.ask('compareFound', [pairOf(view), orderOf(view), order, page]),
    ),
    details: os.compare.details.handler(({ input: { view, place } }) => desk.ask('compareDetails', [pairOf(view), orderOf(view), place])),
    packages: os.compare.packages.handler(({ input: { pair, page } }) => desk.ask('comparePackages', [pairOf(pair), page])),
  };
};
