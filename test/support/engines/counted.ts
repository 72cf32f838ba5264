import { expect } from 'vitest';
import type { Traits } from './traits.ts';

/** So many bytes that cannot be packed, as an engine counts them: exactly, or with what tarballs and packing add. */
export const counted =
  ({ countsFiles }: Traits) =>
  (bytes: number) =>
    !countsFiles ? expect.toSatisfy((found: number) => found > bytes && found < bytes + 5000) : bytes;
