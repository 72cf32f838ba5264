import { expect, test } from 'vitest';
import { unframe } from '../../../../main/foundation/engine/containers/container-log.ts';

const frame = (output: number, text: string): Buffer => {
  const head = Buffer.from([output, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
};

test.each([1, 3, 7, 8, 9, 1000])('frames that come in pieces of %s bytes give the text of both outputs', async (size) => {
  const bytes = Buffer.concat([frame(1, 'hello '), frame(2, ''), frame(2, 'wörld\n'), frame(1, 'x'.repeat(300))]);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
  const read: Buffer[] = [];
  for await (const part of unframe(inPieces(pieces))) read.push(part);
  expect(Buffer.concat(read).toString()).toBe(`hello wörld\n${'x'.repeat(300)}`);
});

async function* inPieces(pieces: Buffer[]) {
  yield* pieces;
}
