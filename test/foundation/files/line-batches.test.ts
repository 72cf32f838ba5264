import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineBatches } from '../../../main/foundation/files/line-batches.ts';

const linesOf = async (chunks: Buffer[], longest?: number) =>
  (
    await Array.fromAsync(
      lineBatches(
        (async function* () {
          yield* chunks;
        })(),
        longest,
      ),
    )
  ).flat();

test('lines come whole wherever the chunks are cut, even inside a character', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ''))),
      fc.integer({ min: 1, max: 7 }),
      async (lines, size) => {
        const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) => whole.subarray(i * size, (i + 1) * size));
        expect(await linesOf(chunks)).toEqual(lines.map((line) => Buffer.from(line).toString()));
      },
    ),
  );
});

test('only a line feed ends a line, and the last one needs none', async () => {
  expect(await linesOf([Buffer.from('a\u2028b\rc\nd')])).toEqual(['a\u2028b\rc', 'd']);
});

test('a line that does not end is abandoned', async () => {
  await expect(linesOf([Buffer.from('x'.repeat(100))], 50)).rejects.toThrow('does not end');
});
