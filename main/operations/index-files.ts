import type { Prepare } from './operation-parts.ts';

/** Reads the layers of an image whose files are looked at, or of two that are compared. */
export const prepareIndex: Prepare<'index'> = ({ files, also }, { layerFiles }) => {
  const images = also === undefined ? [files] : [files, also];
  const names = images.map((one) => layerFiles.originOf(one).name);
  return {
    title: `Read the files of ${names.join(' and ')}`,
    sharedAs: `index ${images.join(' ')}`,
    run: (context) => layerFiles.index(files, context, also),
  };
};
