import type { CacheMatrix } from '../../../../contract/cache-matrix.ts';
import { copiedTo } from '../../../../contract/instruction.ts';
import { shortened } from '../describe-step.ts';

/** A step of an image, named by what it does: its number would differ from that in the Dockerfile, where the base image's steps don’t count. */
export function quotedStep(instruction: string, longest = 80): string {
  const copied = copiedTo(instruction);
  // the history keeps only a part of what was written, so it is not a quotation
  if (copied) return `${copied.keyword === 'ADD' ? 'an' : 'a'} ${[copied.keyword, ...copied.flags].join(' ')} into ${copied.target}`;
  const text = shortened(instruction).trim().replace(/\s+/g, ' ');
  return `“${text.length > longest ? `${text.slice(0, longest).trimEnd()}…` : text}”`;
}

/** "at “RUN make”", "at a COPY into /app", or what one has there and what another has. */
export function placeOfColumn({ rows }: Pick<CacheMatrix, 'rows'>, column: number): string {
  const [one = '', other] = new Set(rows.flatMap(({ cells }) => cells[column]?.instruction ?? []).map((text) => quotedStep(text)));
  return other === undefined ? `at ${one}` : `where one has ${one} and another ${other}`;
}
