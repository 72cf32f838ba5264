import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNdjson } from '../../../main/foundation/engine/ndjson.ts';
import { EngineStreamError } from '../../../main/foundation/failures/engine-stream-error.ts';

const collect = (chunks: Buffer[]) => Array.fromAsync(readNdjson(toStream(chunks)));

async function* toStream(chunks: Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

test('the lines do not depend on where the chunks are cut, even in the middle of a character', async () => {
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

// moby announces since API 1.48 that "error" will be empty or absent
test.each([',"error":"non-zero"', ',"error":""', ''])('an error line throws with the exit code, with %j in it', async (error) => {
  const chunks = [Buffer.from(`{"stream":"x"}\n{"errorDetail":{"code":7,"message":"non-zero"}${error}}\n`)];
  const thrown = await collect(chunks).catch((one) => one);
  expect(thrown).toEqual(new EngineStreamError('non-zero', 7));
});

test('a last line without a line break counts', async () => {
  expect(await collect([Buffer.from('{"a":1}\n{"a":2}')])).toEqual([{ a: 1 }, { a: 2 }]);
});

test('text that is not JSON is not silently ignored', async () => {
  await expect(collect([Buffer.from('<html>\n')])).rejects.toThrow();
});
