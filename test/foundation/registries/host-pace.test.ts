import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HostPace } from '../../../main/foundation/registries/host-pace.ts';

type Asked = { end: () => void; stop: AbortController; done: Promise<unknown> };

/** Asks for something that goes on until it is ended. */
function ask(pace: HostPace, running: Set<number>, name: number): Asked {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = new AbortController();
  const request = async () => {
    running.add(name);
    try {
      await promise;
    } finally {
      running.delete(name);
    }
  };
  return { end: resolve, stop, done: pace.run('http://host', 'who', request, stop.signal).catch(() => {}) };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('one that is called off just as it is let in takes no other out of the line', async () => {
  const pace = new HostPace();
  const running = new Set<number>();
  const first = Array.from({ length: 6 }, (_, at) => ask(pace, running, at));
  const [called, last] = [ask(pace, running, 6), ask(pace, running, 7)];
  await settled();
  // both in one turn: the first of those that wait is let in, and called off before it knows
  first[0]?.end();
  await Promise.resolve();
  await Promise.resolve();
  called.stop.abort();
  await settled();
  for (const { end } of first) end();
  called.end();
  await settled();
  expect(running.has(7)).toBe(true);
  last.end();
  await last.done;
});

test('whoever asks and calls off, in whatever order: never more than six, and everyone gets their turn', async () => {
  const steps = fc.array(fc.record({ what: fc.constantFrom('ask', 'end', 'stop'), which: fc.nat(40), turns: fc.nat(3) }), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const pace = new HostPace();
      const running = new Set<number>();
      const asked: Asked[] = [];
      for (const { what, which, turns } of all) {
        const one = asked[which % Math.max(1, asked.length)];
        if (what === 'ask') asked.push(ask(pace, running, asked.length));
        else if (what === 'end') one?.end();
        else one?.stop.abort();
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        expect(running.size).toBeLessThanOrEqual(6);
      }
      for (const { end } of asked) end();
      await Promise.all(asked.map(({ done }) => done));
      expect(running.size).toBe(0);
    }),
    { seed: 6, numRuns: 300 },
  );
}, 20_000);

test('whoever the host wants to be left alone by keeps nobody else waiting', async () => {
  const pace = new HostPace();
  pace.slowDown('one', 30);
  const stop = new AbortController();
  const waiting = Array.from({ length: 6 }, () => pace.run('http://host', 'one', async () => {}, stop.signal).catch(() => 'called off'));
  await settled();
  expect(await pace.run('http://host', 'other', async () => 'asked')).toBe('asked');
  stop.abort();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['called off']));
});
