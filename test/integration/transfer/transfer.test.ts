import { expect, test } from 'vitest';
import { countsOfPush as counts, host, registry, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { pushedBytes } from '../../support/pushed-layers.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { startSlowProxy } from '../../support/slow-proxy.ts';

const [registryHost = '', registryPort = ''] = registry.split(':');
const door = (bytesPerSecond: number) => startSlowProxy({ host: registryHost, port: Number(registryPort) }, bytesPerSecond);

const start = () => startApp(host);

const layersOf = (app: TestApp, id: string) => app.tasks.task(id).progress.layers ?? [];

test('push, push again, remove, pull, pull again', async () => {
  await using app = await start();
  const reference = `${registry}/it-round:1`;
  await makeRandomImage(host, reference, 3_000_000);
  const first = await app.run({ kind: 'push', references: [reference], to: 'own-registry' });
  expect(first).toMatchObject({
    state: 'succeeded',
    result: { pushed: [{ reference, digest: expect.stringMatching(/^sha256:/) }], ...counts(1, 0) },
  });
  const second = await app.run({ kind: 'push', references: [reference], to: 'own-registry' });
  expect(second.result).toMatchObject(counts(0, 1));

  const { Id } = await app.connection.engine.docker.getImage(reference).inspect();
  expect((await app.run({ kind: 'remove', images: [Id] })).state).toBe('succeeded');
  const pulled = await app.run({ kind: 'pull', reference });
  const digest = first.result?.kind === 'push' ? first.result.pushed[0]?.digest : '';
  expect(pulled.result).toEqual({ kind: 'pull', reference, digest, alreadyUpToDate: false });
  expect((await app.run({ kind: 'pull', reference })).result).toMatchObject({ alreadyUpToDate: true });
});

test('several names of one image are sent once, then again to another registry, and nothing shown on the way is taken back', async () => {
  await using app = await start();
  using other = await door(50_000_000);
  const references = [`${registry}/it-names:1`, `${registry}/it-names:2`, `${other.address}/it-names-elsewhere:1`];
  await makeRandomImage(host, references[0] ?? '', 6_000_000);
  for (const reference of references.slice(1)) {
    const [repo, tag] = [reference.slice(0, reference.lastIndexOf(':')), reference.slice(reference.lastIndexOf(':') + 1)];
    await app.connection.engine.docker.getImage(references[0] ?? '').tag({ repo, tag });
  }
  const amounts: { done: number; total: number }[] = [];
  app.tasks.on('task', ({ progress: { bytes } }) => bytes?.total !== undefined && amounts.push({ done: bytes.done, total: bytes.total }));
  const { result, progress } = await app.run({ kind: 'push', references, to: 'own-registry' });
  expect(result).toMatchObject({ pushed: references.map((reference) => ({ reference })), ...counts(1, 0) });
  expect((progress.layers ?? []).map(({ state }) => state)).toEqual(traits.namesLayersSent ? ['done'] : []);
  for (const key of ['done', 'total'] as const) {
    const seen = amounts.map((amount) => amount[key]);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  }
  // the other registry is the same by another way in, which an engine notices that asks
  const once = traits.countsPacked ? await pushedBytes(references[0] ?? '') : 6_000_000;
  if (traits.namesLayersSent) expect(amounts.at(-1)?.total).toBe(traits.asksBeforeSending ? once : 2 * once);
});

test('a push is cancelled early and late', async () => {
  await using app = await start();
  using slow = await door(400_000);
  const reference = `${slow.address}/it-cancel-push:1`;
  await makeRandomImage(host, reference, 4_000_000);
  const early = app.tasks.start({ kind: 'push', references: [reference], to: 'own-registry' });
  app.tasks.cancel(early);
  expect((await app.ended(early)).state).toBe('cancelled');
  const late = app.tasks.start({ kind: 'push', references: [reference], to: 'own-registry' });
  await expect.poll(slow.sentBytes).toBeGreaterThan(1_000_000);
  app.tasks.cancel(late);
  expect((await app.ended(late)).state).toBe('cancelled');
});

test('a pull is cancelled early and late, and leaves no image', async () => {
  await using app = await start();
  using slow = await door(400_000);
  const reference = `${slow.address}/it-cancel-pull:1`;
  await makeRandomImage(host, `${registry}/it-cancel-pull:1`, 4_000_000);
  expect((await app.run({ kind: 'push', references: [`${registry}/it-cancel-pull:1`], to: 'own-registry' })).state).toBe('succeeded');
  const { Id } = await app.connection.engine.docker.getImage(`${registry}/it-cancel-pull:1`).inspect();
  await app.run({ kind: 'remove', images: [Id] });
  for (const reached of [0, 1_000_000]) {
    const id = app.tasks.start({ kind: 'pull', reference });
    if (reached > 0) await app.until(() => layersOf(app, id).some(({ bytes }) => (bytes?.done ?? 0) > reached));
    app.tasks.cancel(id);
    expect((await app.ended(id)).state).toBe('cancelled');
  }
  await expect(app.connection.engine.docker.getImage(reference).inspect()).rejects.toThrow();
});

test('a registry that goes away in the middle of a push is named', async () => {
  await using app = await start();
  const slow = await door(400_000);
  const reference = `${slow.address}/it-gone:1`;
  await makeRandomImage(host, reference, 4_000_000);
  const id = app.tasks.start({ kind: 'push', references: [reference], to: 'own-registry' });
  await expect.poll(slow.sentBytes).toBeGreaterThan(500_000);
  slow.slam();
  await app.until(() => layersOf(app, id).some(({ state }) => state === 'retrying') || app.tasks.task(id).endedAt !== undefined);
  const { state, failure } = await app.ended(id, 90_000);
  expect(state).toBe('failed');
  expect(failure).toMatchObject({ kind: 'registry-unreachable', title: expect.stringContaining(slow.address.replace('localhost', '')) });
});

test.each([
  ['localhost:1/nothing:1', 'registry-unreachable'],
  [`${registry}/it-nothing:1`, 'not-found'],
  ['nowhere.invalid/x:1', 'registry-unreachable'],
])('getting %s fails as %s', async (reference, kind) => {
  await using app = await start();
  expect(await app.run({ kind: 'pull', reference })).toMatchObject({ state: 'failed', failure: { kind } });
});
