import { posix } from 'node:path';
import type { Instruction } from '../read-instructions.ts';

/** Whether it copies the whole context, so that any changed file makes it and all later steps run again. */
export const copiesAll = ({ keyword, sources, excludes }: Instruction): boolean =>
  (keyword === 'COPY' || keyword === 'ADD') &&
  excludes.length === 0 &&
  sources.some((source) => ['.', './', '*'].includes(posix.normalize(source.replace(/^\/+/, '') || '.')));
