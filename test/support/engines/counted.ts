import { expect } from 'vitest';
import type { Traits } from './traits.ts';

/** So many bytes that cannot be packed, as an engine counts them: exactly, or with what tarballs (up to 10,240 bytes) and packing add. */
export const counted =
  ({ countsFiles }: Traits) =>
  (bytes: number) =>
    !countsFiles ? expect.toSatisfy((found: number) => found > bytes && found < bytes + 11_000) : bytes;
