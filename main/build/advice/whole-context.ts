import { posix } from 'node:path';
import type { Instruction } from '../explain/read-instructions.ts';

/** Whether it copies everything that the context holds: any changed file makes it, and what follows, run again. */
export const copiesAll = ({ keyword, sources, excludes }: Instruction): boolean =>
  (keyword === 'COPY' || keyword === 'ADD') &&
  excludes.length === 0 &&
  sources.some((source) => ['.', './', '*'].includes(posix.normalize(source.replace(/^\/+/, '') || '.')));
