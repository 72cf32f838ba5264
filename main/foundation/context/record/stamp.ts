import type { BigIntStats } from 'node:fs';

/** Identifies a file's state without reading it: the status change time moves with every write, rename and chmod. */
export const stampOf = ({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  `${ino.toString(36)}.${size.toString(36)}.${mtimeNs.toString(36)}.${ctimeNs.toString(36)}`;
