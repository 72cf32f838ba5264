import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinPieces, ownMemory, twoInTurns } from '../../../../main/foundation/formats/packing/joined-pieces.ts';

const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });

test('the same bytes, in pieces of one size except the last, each in memory of its own', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 30 }), async (given, size) => {
      async function* source() {
        yield* given;
      }
      const joined = await Array.fromAsync(joinPieces(source(), ownMemory(size)));
      expect(Buffer.concat(joined)).toEqual(Buffer.concat(given));
      for (const { length } of joined.slice(0, -1)) expect(length).toBe(size);
      expect(new Set(joined.map(({ buffer }) => buffer)).size).toBe(joined.length);
    }),
  );
});

test('with two buffers used in turn, a piece is valid until the one after the next is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 30 }), async (given, size) => {
      async function* source() {
        yield* given;
      }
      const seen: Buffer[] = [];
      let before: Uint8Array | undefined;
      for await (const piece of joinPieces(source(), twoInTurns(size))) {
        if (before) seen.push(Buffer.from(before));
        before = piece;
      }
      if (before) seen.push(Buffer.from(before));
      expect(Buffer.concat(seen)).toEqual(Buffer.concat(given));
    }),
  );
});
