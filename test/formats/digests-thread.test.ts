import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { digestOf } from '../../main/formats/digest.ts';
import { DigestsThread } from '../../main/formats/digests-thread.ts';

const large = randomBytes(9_000_000);
const packed = gzipSync(large);

test('of bodies one after the other, in pieces smaller and larger than it takes at once', async () => {
  const thread = new DigestsThread();
  try {
    const seen = [];
    for (const [body, pieceSize] of [
      [large, 300_000],
      [packed, 1000],
      [packed.subarray(0, -9), 100_000],
      [large, large.length],
    ] as const) {
      for (let at = 0; at < body.length; at += pieceSize) await thread.take(body.subarray(at, at + pieceSize));
      seen.push(thread.end());
    }
    const plain = { stored: digestOf(large), unpacked: digestOf(large) };
    const cut = { stored: digestOf(packed.subarray(0, -9)), unpacked: null };
    expect(await Promise.all(seen)).toEqual([plain, { stored: digestOf(packed), unpacked: digestOf(large) }, cut, plain]);
  } finally {
    await thread.close();
  }
});

test('who waits for a thread that has ended is told', async () => {
  const thread = new DigestsThread();
  const asked = thread.end();
  await thread.close();
  await expect(Promise.race([asked, thread.end()])).rejects.toThrow('not made to the end');
  await expect(thread.take(large)).rejects.toThrow('not made to the end');
});
