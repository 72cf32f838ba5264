import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TagLine } from '../../../contract/tag-moves.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { host } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { putIndex } from '../../support/put-index.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';

const { docker } = makeCommands(host);
let app: TestApp;
let registry: Awaited<ReturnType<typeof runRegistry>>;

beforeAll(async () => {
  app = await startApp(host);
  registry = await runRegistry();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

const latest = (repository: string) => `${registry.address}/${repository}:latest`;

/** Pushes an image under a tag, by the app or by another program, and says the digest that the registry has. */
async function push(repository: string, byApp = true): Promise<string> {
  await makeRandomImage(host, latest(repository), 1500);
  if (byApp) expect((await app.run({ kind: 'push', references: [latest(repository)], to: 'own-registry' })).state).toBe('succeeded');
  else await docker(['push', latest(repository)]);
  return (await registry.digestOf(repository, 'latest')) ?? '';
}

async function lineOf(repository: string, tag = 'latest'): Promise<TagLine | undefined> {
  const { lines } = await app.tags.timeline({ repository: `${registry.address}/${repository}`, from: 0, inRegistry: true });
  return lines.find((line) => line.tag === tag);
}

test('what the app pushes is remembered with what was there before, and so is what it sees later', async () => {
  const first = await push('it-reg/a');
  const second = await push('it-reg/a');
  expect((await lineOf('it-reg/a'))?.moves).toMatchObject([
    { to: first, isExact: true, by: { kind: 'push' } },
    { from: first, to: second, isExact: true, by: { kind: 'push' } },
  ]);
  const third = await push('it-reg/a', false);
  await app.tags.look({ repository: `${registry.address}/it-reg/a` });
  const { now, moves } = (await lineOf('it-reg/a')) ?? {};
  expect(now).toBe(third);
  expect(moves?.at(-1)).toMatchObject({ from: second, to: third, isExact: false });
  expect(moves?.at(-1)?.by).toBeUndefined();
  expect((await app.tags.inRegistries()).map(({ repository }) => repository)).toContain(`${registry.address}/it-reg/a`);
});

test('what was pushed over by another program before an own push is known, too', async () => {
  const first = await push('it-reg/b');
  const others = await push('it-reg/b', false);
  const second = await push('it-reg/b');
  expect((await lineOf('it-reg/b'))?.moves.map(({ from, to }) => [from, to])).toEqual([
    [undefined, first],
    [first, others],
    [others, second],
  ]);
});

test('the old digest is put under the tag again, byte for byte, and back', async () => {
  const old = await push('it-reg/c');
  const now = await push('it-reg/c');
  const reference = latest('it-reg/c');
  const back = await app.run({ kind: 'move-registry-tag', reference, to: old, from: now });
  expect(back.result).toEqual({ kind: 'move-registry-tag', reference, to: old, from: now });
  expect(await registry.digestOf('it-reg/c', 'latest')).toBe(old);
  expect((await lineOf('it-reg/c'))?.moves.at(-1)).toMatchObject({ from: now, to: old, by: { kind: 'move-registry-tag', task: back.id } });
  expect((await app.run({ kind: 'move-registry-tag', reference, to: now, from: old })).state).toBe('succeeded');
  expect(await registry.digestOf('it-reg/c', 'latest')).toBe(now);
});

test('a list of several platforms keeps its type', async () => {
  await push('it-reg/d');
  await putIndex(registry.address, 'it-reg/d', { from: 'latest', to: 'several' }, ['linux/riscv64']);
  const url = (version: string) => `http://${registry.address}/v2/it-reg/d/manifests/${version}`;
  const accept = ['application/vnd.docker.distribution.manifest.list.v2+json', 'application/vnd.oci.image.index.v1+json'].join(', ');
  const read = async (version: string) => {
    const answer = await fetch(url(version), { headers: { accept } });
    return {
      digest: answer.headers.get('docker-content-digest') ?? '',
      type: answer.headers.get('content-type'),
      text: await answer.text(),
    };
  };
  const list = await read('several');
  const now = await registry.digestOf('it-reg/d', 'latest');
  await app.run({ kind: 'move-registry-tag', reference: latest('it-reg/d'), to: list.digest, from: now });
  expect(await read('latest')).toEqual(list);
});

test('a tag that somebody pushed to meanwhile stays, and a digest that is gone is said', async () => {
  const old = await push('it-reg/e');
  const seen = await push('it-reg/e');
  const now = await push('it-reg/e', false);
  const reference = latest('it-reg/e');
  const repository = `${registry.address}/it-reg/e`;
  expect((await app.run({ kind: 'move-registry-tag', reference, to: old, from: seen })).failure).toMatchObject({ kind: 'in-use' });
  expect(await registry.digestOf('it-reg/e', 'latest')).toBe(now);
  const gone = `sha256:${'0'.repeat(64)}`;
  expect([await app.tags.isThere({ repository, digest: old }), await app.tags.isThere({ repository, digest: gone })]).toEqual([
    true,
    false,
  ]);
  expect((await app.run({ kind: 'move-registry-tag', reference, to: gone, from: now })).failure).toMatchObject({
    kind: 'not-found',
    title: 'The registry no longer has that image',
  });
  expect(await registry.digestOf('it-reg/e', 'latest')).toBe(now);
});
