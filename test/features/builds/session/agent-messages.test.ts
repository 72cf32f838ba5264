import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentMessages, listKeys, mayBeAsked, numberOfKeys, refusal } from '../../../../main/features/builds/session/agent-messages.ts';

const message = (kind: number, ...rest: number[]): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(1 + rest.length);
  return Buffer.concat([head, Buffer.from([kind, ...rest])]);
};

async function* pieces(...all: Buffer[]): AsyncGenerator<Buffer> {
  yield* all;
}

const cut = (...all: Buffer[]) => Array.fromAsync(agentMessages(pieces(...all)));

describe('messages of an agent', () => {
  it('come out whole, however they were cut', async () => {
    const bodies = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(bodies, fc.array(fc.nat(200), { maxLength: 20 }), async (all, places) => {
        const sent = all.map(([kind = 0, ...rest]) => message(kind, ...rest));
        const whole = Buffer.concat(sent);
        const edges = [0, ...places.map((place) => Math.min(place, whole.length)), whole.length].sort((a, b) => a - b);
        const cuts = edges.slice(1).map((edge, at) => whole.subarray(edges[at], edge));
        expect(await cut(...cuts)).toEqual(sent);
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  it.each([
    ['empty', Buffer.from([0, 0, 0, 0])],
    ['too large', Buffer.from([0, 4, 0, 1])],
    ['of another protocol', Buffer.from('GET / HTTP/1.1\r\n')],
    ['cut off', message(11, 1, 2).subarray(0, 5)],
    ['without a whole head', Buffer.from([0, 0])],
  ])('a message that is %s ends the connection', async (_, bytes) => {
    await expect(cut(bytes)).rejects.toThrow('SSH agent message');
  });
});

it('only keys are asked for, and signatures', () => {
  const allowed = Array.from({ length: 256 }, (_, kind) => kind).filter((kind) => mayBeAsked(message(kind)));
  expect(allowed).toEqual([11, 13]);
  expect(mayBeAsked(listKeys)).toBe(true);
});

it('counts the keys of an answer, and of nothing else', () => {
  expect(numberOfKeys(message(12, 0, 0, 1, 2, 9, 9))).toBe(258);
  expect(numberOfKeys(message(12, 0, 0))).toBeUndefined();
  expect(numberOfKeys(refusal)).toBeUndefined();
});
