import type { BigIntStats } from 'node:fs';

/** Stands for the state of a file without reading it: the time of status change moves with every write, rename and chmod. */
export const stampOf = ({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  `${ino.toString(36)}.${size.toString(36)}.${mtimeNs.toString(36)}.${ctimeNs.toString(36)}`;
