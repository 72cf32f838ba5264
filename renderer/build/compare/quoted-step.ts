import type { CacheMatrix } from '../../../contract/cache-matrix.ts';
import { withoutDigest } from '../../../contract/instruction.ts';
import { shortened } from '../describe-step.ts';

/** A step of an image said by what it is: its number would be another one in the Dockerfile, where the base image's steps do not count. */
export function quotedStep(instruction: string, longest = 80): string {
  const text = shortened(withoutDigest(instruction)).replace(/\s+/g, ' ');
  return `“${text.length > longest ? `${text.slice(0, longest).trimEnd()}…` : text}”`;
}

/** "at “RUN make”", or what stands there in one and in another. */
export function placeOfColumn({ rows }: Pick<CacheMatrix, 'rows'>, column: number): string {
  const [one = '', other] = new Set(rows.flatMap(({ cells }) => cells[column]?.instruction ?? []).map((text) => quotedStep(text)));
  return other === undefined ? `at ${one}` : `where one has ${one} and another ${other}`;
}
