import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineStreamError, readNdjson } from '../../main/engine/ndjson.ts';

const collect = (chunks: Buffer[]) => Array.fromAsync(readNdjson(toStream(chunks)));

async function* toStream(chunks: Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

test('the lines do not depend on where the chunks are cut, in the middle of a character either', async () => {
  const values = [{ stream: 'für 🐳\n' }, { status: 'ok', n: 1 }, { text: '漢字' }];
  const bytes = Buffer.from(`${values.map((value) => JSON.stringify(value)).join('\r\n')}\n`);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 20 }), async (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), bytes.length];
      const chunks = edges.slice(1).map((end, place) => bytes.subarray(edges[place], end));
      expect(await collect(chunks)).toEqual(values);
    }),
  );
});

test('an error line throws with the exit code', async () => {
  const chunks = [Buffer.from('{"stream":"x"}\n{"errorDetail":{"code":7,"message":"non-zero"},"error":"non-zero"}\n')];
  await expect(collect(chunks)).rejects.toThrowError(new EngineStreamError('non-zero', 7));
});

test('a last line without a line break counts', async () => {
  expect(await collect([Buffer.from('{"a":1}\n{"a":2}')])).toEqual([{ a: 1 }, { a: 2 }]);
});

test('text that is no JSON is not passed over in silence', async () => {
  await expect(collect([Buffer.from('<html>\n')])).rejects.toThrow();
});
