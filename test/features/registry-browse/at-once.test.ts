import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { paceOf } from '../../../main/foundation/registries/host-pace.ts';
import { allOf, makeBrowse } from '../../support/browsed-registry.ts';

type Busy = { status: number; headers?: Record<string, string> } | undefined;

/** A registry that answers nothing until it is let, and counts how much it is asked at the same time. */
async function heldRegistry(refuse: (nth: number) => Busy = () => undefined) {
  let running = 0;
  let most = 0;
  let nth = 0;
  const requests: { at: number; running: number }[] = [];
  const arrivals = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  const held: (() => void)[] = [];
  let isOpen = false;
  const server = createServer((request, answer) => {
    if (!request.url?.includes('/manifests/')) {
      answer.end('{}');
      return;
    }
    nth += 1;
    running += 1;
    requests.push({ at: Date.now(), running });
    most = Math.max(most, running);
    answer.on('close', () => {
      running -= 1;
      if (!answer.writableFinished && running === 0) left.resolve();
    });
    const refused = refuse(nth);
    const reply = () => {
      answer.writeHead(refused?.status ?? 200, { 'docker-content-digest': `sha256:${'a'.repeat(64)}`, ...refused?.headers });
      answer.end();
    };
    if (isOpen) reply();
    else held.push(reply);
    if (running === 6) arrivals.resolve();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    sixCame: arrivals.promise,
    allLeft: left.promise,
    letGo: () => {
      isOpen = true;
      for (const reply of held.splice(0)) reply();
    },
    seen: () => ({ nth, most, requests }),
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const tags = Array.from({ length: 40 }, (_, at) => `t${at}`);

test('a host gets six requests at a time, whoever asks', async () => {
  using there = await heldRegistry();
  using one = makeBrowse();
  using two = makeBrowse();
  const asked = { registry: there.address, repository: 'app', depth: 'digest' as const };
  const all = Promise.all([
    allOf(one.browse.details({ ...asked, tags })),
    allOf(two.browse.details({ ...asked, repository: 'other', tags })),
  ]);
  await there.sixCame;
  there.letGo();
  expect((await all).flat(2)).toHaveLength(80);
  expect(there.seen()).toMatchObject({ nth: 80, most: 6 });
});

test('one that says it is too much is asked less, not before it wants to be, and everything is told in the end', async () => {
  using there = await heldRegistry((nth) => (nth <= 6 ? { status: 429, headers: { 'retry-after': '1' } } : undefined));
  using made = makeBrowse();
  const all = allOf(made.browse.details({ registry: there.address, repository: 'app', tags, depth: 'digest' }));
  await there.sixCame;
  const complained = Date.now();
  there.letGo();
  const answers = (await all).flat();
  expect(answers).toHaveLength(40);
  expect(answers.every((answer) => 'details' in answer)).toBe(true);
  const later = there.seen().requests.slice(6);
  expect(later).toHaveLength(40);
  // however slow this computer is, none of them may come sooner
  expect(Math.min(...later.map(({ at }) => at - complained))).toBeGreaterThanOrEqual(1000);
  // halved with each complaint, down to one; then one more with each twenty answers
  expect(paceOf(`http://${there.address}`).most).toBe(3);
  expect(Math.max(...later.map(({ running }) => running))).toBeLessThanOrEqual(3);
});

test('one that wants to be left alone for an hour is not asked again, and that is said', async () => {
  using there = await heldRegistry(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
  using made = makeBrowse();
  there.letGo();
  const answers = (await allOf(made.browse.details({ registry: there.address, repository: 'app', tags, depth: 'digest' }))).flat();
  expect(answers).toHaveLength(40);
  expect(answers.every((answer) => 'failure' in answer && answer.failure.title === 'The registry wants you to wait')).toBe(true);
  expect(there.seen().nth).toBeLessThan(12);
});

test('nobody is asked any longer once nobody listens', async () => {
  using there = await heldRegistry();
  using made = makeBrowse();
  const stop = new AbortController();
  const all = allOf(made.browse.details({ registry: there.address, repository: 'app', tags, depth: 'digest' }, stop.signal));
  all.catch(() => {});
  await there.sixCame;
  stop.abort();
  await expect(all).rejects.toThrow();
  await there.allLeft;
  expect(there.seen().nth).toBe(6);
});
