import type { Prepare } from './operation-parts.ts';

/** Reads the layers of an image whose files are looked at. */
export const prepareIndex: Prepare<'index'> = ({ files }, { layerFiles }) => {
  const { name } = layerFiles.originOf(files);
  return { title: `Read the files of ${name}`, sharedAs: `index ${files}`, run: (context) => layerFiles.index(files, context) };
};
