import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RemovalPart, RemovalScope } from '../../../contract/registry-removal.ts';
import type { Task } from '../../../contract/task.ts';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
import { allOf } from '../../support/browsed-registry.ts';
import { host } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { Putting } from '../../support/put-image.ts';
import { runRegistry } from '../../support/run-registry.ts';

// With the real registry 2.8: it removes by digest alone, and every tag of that digest goes.

let app: TestApp;
let registry: Awaited<ReturnType<typeof runRegistry>>;
const settings = { STORAGE_DELETE_ENABLED: 'true' };

beforeAll(async () => {
  app = await startApp(host);
  registry = await runRegistry({ tokens: { settings } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

const into = (repository: string) => new Putting(registry.address, repository);

async function preview(repository: string, tags: string[], address = registry.address): Promise<RemovalPart | undefined> {
  return (await allOf(await app.registryBrowse.previewRemoval({ registry: address, repository, tags }))).at(-1);
}

function remove(repository: string, tags: Record<string, string>, scope: RemovalScope = 'tags', agreed: string[] = []): Promise<Task> {
  const items = Object.entries(tags).map(([tag, digest]) => ({ tag, digest }));
  return app.run({ kind: 'remove-registry-tags', registry: registry.address, repository, items, scope, agreed });
}

const manifest = (repository: string, reference: string) =>
  fetch(`http://${registry.address}/v2/${repository}/manifests/${reference}`, {
    headers: { accept: [mediaTypes.image, mediaTypes.index].join(', ') },
  });

// one that has lost its last tag says null
const tagsOf = async (repository: string) => ((await registry.tagsOf(repository)) ?? []).sort();

test('a tag goes alone, though the registry can’t do that: its siblings stay, and no placeholder is left', async () => {
  const digest = await into('rm/a').image(['1.0', 'stable', 'latest']);
  expect(await preview('rm/a', ['1.0'])).toEqual({
    kind: 'preview',
    way: 'by-digest',
    items: [{ digest, tags: ['1.0'], siblings: expect.arrayContaining(['latest', 'stable']), partOf: [] }],
    gone: [],
    unreadable: [],
  });
  const task = await remove('rm/a', { '1.0': digest });
  expect(task.result).toMatchObject({ removed: [{ tag: '1.0', digest }], refused: [], unasked: [] });
  expect(await tagsOf('rm/a')).toEqual(['latest', 'stable']);
  for (const tag of ['latest', 'stable']) expect((await manifest('rm/a', tag)).headers.get('docker-content-digest')).toBe(digest);

  const back = await app.run({ kind: 'put-back-registry-tags', removal: task.id });
  expect(back.result).toMatchObject({ restored: [{ tag: '1.0', digest }], refused: [] });
  expect((await manifest('rm/a', '1.0')).headers.get('docker-content-digest')).toBe(digest);
});

test('an image all of whose tags were chosen goes itself, and comes back byte for byte', async () => {
  const digest = await into('rm/b').image(['1', '2']);
  const list = await into('rm/b').list(['all'], ['linux/amd64', 'linux/arm64']);
  const before = await (await manifest('rm/b', digest)).text();
  const task = await remove('rm/b', { '1': digest, '2': digest, all: list });
  expect(task.state).toBe('succeeded');
  expect(await tagsOf('rm/b')).toEqual([]);
  expect((await manifest('rm/b', digest)).status).toBe(404);
  expect((await manifest('rm/b', list)).status).toBe(404);
  expect((await app.run({ kind: 'put-back-registry-tags', removal: task.id })).state).toBe('succeeded');
  expect(await tagsOf('rm/b')).toEqual(['1', '2', 'all']);
  expect(await (await manifest('rm/b', '1')).text()).toBe(before);
  expect((await manifest('rm/b', 'all')).headers.get('docker-content-digest')).toBe(list);
});

test('an image goes with the tags that one agreed to, and not with one that nobody saw', async () => {
  const digest = await into('rm/c').image(['1', '2', '3']);
  const refused = await remove('rm/c', { '1': digest }, 'images', ['2']);
  expect(refused).toMatchObject({ state: 'failed', failure: { title: '3 has come to the same image in the meantime' } });
  expect(await tagsOf('rm/c')).toEqual(['1', '2', '3']);
  const task = await remove('rm/c', { '1': digest }, 'images', ['2', '3']);
  expect(task.result).toMatchObject({ removed: expect.arrayContaining(['1', '2', '3'].map((tag) => ({ tag, digest }))) });
  expect(await tagsOf('rm/c')).toEqual([]);
});

test('a platform of a list that stays loses its tag and nothing else', async () => {
  const list = await into('rm/d').list(['all'], ['linux/amd64', 'linux/arm64']);
  const { manifests } = (await (await manifest('rm/d', 'all')).json()) as { manifests: { digest: string }[] };
  const digest = manifests[0]?.digest ?? '';
  const text = await (await manifest('rm/d', digest)).text();
  const put = { method: 'PUT', body: text, headers: { 'content-type': mediaTypes.image } };
  await fetch(`http://${registry.address}/v2/rm/d/manifests/amd64`, put);
  expect(await preview('rm/d', ['amd64'])).toMatchObject({ items: [{ digest, partOf: ['all'], siblings: [] }] });
  const whole = await remove('rm/d', { amd64: digest }, 'images');
  expect(whole).toMatchObject({ state: 'failed', failure: { title: 'It is one of the platforms of all' } });
  expect((await remove('rm/d', { amd64: digest })).state).toBe('succeeded');
  expect(await tagsOf('rm/d')).toEqual(['all']);
  expect((await manifest('rm/d', digest)).status).toBe(200);
  // with the list, its image goes as well if it was chosen, too
  await fetch(`http://${registry.address}/v2/rm/d/manifests/amd64`, put);
  expect((await remove('rm/d', { amd64: digest, all: list })).result).toMatchObject({ refused: [] });
  expect((await manifest('rm/d', digest)).status).toBe(404);
});

test('a tag that has moved since it was seen stays, and the others go', async () => {
  const old = await into('rm/e').image(['1', '2']);
  const now = await into('rm/e').image(['1']);
  const task = await remove('rm/e', { '1': old, '2': old });
  expect(task.result).toMatchObject({
    removed: [{ tag: '2' }],
    refused: [{ tag: '1', failure: { title: 'It has moved in the meantime' } }],
  });
  expect((await manifest('rm/e', '1')).headers.get('docker-content-digest')).toBe(now);
});

test('a tag that somebody gave to another image meanwhile is not put back', async () => {
  const digest = await into('rm/f').image(['1', '2']);
  const task = await remove('rm/f', { '1': digest });
  const other = await into('rm/f').image(['1']);
  const back = await app.run({ kind: 'put-back-registry-tags', removal: task.id });
  expect(back).toMatchObject({ state: 'failed', failure: { title: '1 has another image by now' } });
  expect((await manifest('rm/f', '1')).headers.get('docker-content-digest')).toBe(other);
});

test('a registry that lets nothing go says so, and its tags are not touched', async () => {
  await using closed = await runRegistry();
  const digest = await new Putting(closed.address, 'app').image(['1', '2']);
  expect(await preview('app', ['1'], closed.address)).toMatchObject({
    kind: 'impossible',
    failure: { title: `${closed.address} doesn’t let anything be removed` },
  });
  const items = [{ tag: '1', digest }];
  const request = {
    kind: 'remove-registry-tags' as const,
    registry: closed.address,
    repository: 'app',
    items,
    scope: 'tags' as const,
    agreed: [],
  };
  expect(await app.run(request)).toMatchObject({
    state: 'failed',
    failure: { title: `${closed.address} doesn’t let anything be removed` },
  });
  expect((await closed.tagsOf('app')).sort()).toEqual(['1', '2']);
});

test('while two others push to an image, one of its tags goes and every other stays', async () => {
  const digest = await into('rm/g').image(['a']);
  const bytes = await (await manifest('rm/g', digest)).text();
  const push = async (name: string) => {
    for (let at = 0; at < 25; at++) {
      const put = { method: 'PUT', body: bytes, headers: { 'content-type': mediaTypes.image } };
      await fetch(`http://${registry.address}/v2/rm/g/manifests/${name}${at}`, put);
    }
  };
  // one sibling at least, so that the image itself stays
  await push('first');
  const [task] = await Promise.all([remove('rm/g', { a: digest }), push('x'), push('y')]);
  expect(task.result).toMatchObject({ removed: [{ tag: 'a' }] });
  expect(await registry.tagsOf('rm/g')).toHaveLength(75);
});

test('what goes is remembered with the tags over time', async () => {
  const digest = await into('rm/h').image(['1', '2']);
  const task = await remove('rm/h', { '1': digest });
  const { lines } = await app.tags.timeline({ repository: `${registry.address}/rm/h`, from: 0, inRegistry: true });
  const move = lines.find(({ tag }) => tag === '1')?.moves.at(-1);
  expect(move).toMatchObject({ from: digest, by: { kind: 'remove-registry-tags', task: task.id } });
  expect(move?.to).toBeUndefined();
});

test('old tags are found by a rule', async () => {
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  for (const days of [1, 20, 40, 60]) await into('rm/i').image([`nightly-${days}`, ...(days === 60 ? ['v1'] : [])], { created: at(days) });
  const found = async (rule: object) => {
    const last = (await allOf(await app.registryBrowse.findOld({ registry: registry.address, repository: 'rm/i', rule }))).at(-1);
    return last?.kind === 'found' ? last.tags.map(({ tag }) => tag) : [];
  };
  expect(await found({ olderThanDays: 30, named: 'nightly-*' })).toEqual(['nightly-60', 'nightly-40']);
  expect(await found({ keepNewest: 3 })).toEqual(expect.arrayContaining(['nightly-60', 'v1']));
});
