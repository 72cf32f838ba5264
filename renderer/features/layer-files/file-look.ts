import type { FileChange, FileOrder, FilesView, OpenedFiles } from '../../../contract/layer-files.ts';

/** What a person looks at: the whole image or one of its layers, and which part of that. */
export type FileLook = {
  /** From 0, the lowest; absent for the whole image. */
  layer?: number;
  /** Of a layer: also what was there before it. */
  withBefore: boolean;
  change?: FileChange;
  text: string;
  order: FileOrder;
};

export const firstLook: FileLook = { withBefore: false, text: '', order: 'name' };

/** The highest layer that the look includes. */
export const topOf = ({ layer }: FileLook, { layers }: OpenedFiles): number => layer ?? layers.length - 1;

/** What main is asked for, without what narrows it down. */
export function wholeView(look: FileLook, opened: OpenedFiles): FilesView {
  const { files } = opened;
  const to = topOf(look, opened);
  return look.layer === undefined ? { files, from: 0, to, all: true } : { files, from: to, to, ...(look.withBefore && { all: true }) };
}

export function viewOf(look: FileLook, opened: OpenedFiles): FilesView {
  const text = look.text.trim();
  const filter = { ...(look.change && { changes: [look.change] }), ...(text !== '' && { text }) };
  return { ...wholeView(look, opened), ...(Object.keys(filter).length > 0 && { filter }) };
}
