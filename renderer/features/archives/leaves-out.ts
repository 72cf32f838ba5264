import type { ImageArchive } from '../../../contract/archive.ts';

/** Whether the engine has to have layers of the images already. */
export const leavesOut = ({ images }: ImageArchive): boolean =>
  images.some(({ layers }) => layers.some(({ isAbsent, isElsewhere }) => isAbsent && !isElsewhere));
