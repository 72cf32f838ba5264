import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TaskResult } from '../../../contract/task.ts';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
import { host } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { Putting } from '../../support/put-image.ts';
import { runRegistry } from '../../support/run-registry.ts';

// Two programs push without a pause while a third removes: what is said to have gone is gone, and what is said to stay can be got.

let app: TestApp;
let registry: Awaited<ReturnType<typeof runRegistry>>;

beforeAll(async () => {
  app = await startApp(host);
  registry = await runRegistry({ tokens: { settings: { STORAGE_DELETE_ENABLED: 'true' } } });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
});

type Removed = TaskResult & { kind: 'remove-registry-tags' };
const into = (repository: string) => new Putting(registry.address, repository);
const get = (repository: string, reference: string) =>
  fetch(`http://${registry.address}/v2/${repository}/manifests/${reference}`, {
    headers: { accept: Object.values(mediaTypes).join(', ') },
  });

/** Whether a tag leads to an image with all its layers. */
async function isWhole(repository: string, tag: string): Promise<boolean> {
  const answer = await get(repository, tag);
  if (!answer.ok) return false;
  const { layers = [], config } = (await answer.json()) as { layers?: { digest: string }[]; config?: { digest: string } };
  const blobs = [...layers, ...(config ? [config] : [])];
  const answers = await Promise.all(
    blobs.map(({ digest }) => fetch(`http://${registry.address}/v2/${repository}/blobs/${digest}`, { method: 'HEAD' })),
  );
  return answers.every(({ ok }) => ok);
}

/** Pushes images of its own under new tags, and gives the tags, until it is told to stop. */
async function pushUntil(repository: string, name: string, isOver: () => boolean): Promise<string[]> {
  const tags: string[] = [];
  while (!isOver()) {
    const tag = `${name}-${tags.length}`;
    await into(repository).image([tag]);
    tags.push(tag);
  }
  return tags;
}

for (const scope of ['tags', 'images'] as const) {
  test(`${scope} go while two others push images of their own: every push stays whole`, async () => {
    const repository = `amid/${scope}`;
    // with just the tags, their images stay under others
    const siblings = (at: number) => (scope === 'tags' ? [`kept-${at}`] : []);
    const old: { tag: string; digest: string }[] = [];
    for (let at = 0; at < 12; at++) old.push({ tag: `old-${at}`, digest: await into(repository).image([`old-${at}`, ...siblings(at)]) });
    await into(repository).image(['stays']);
    const kept = ['stays', ...old.flatMap((_, at) => siblings(at))];
    let isOver = false;
    const pushing = ['x', 'y'].map((name) => pushUntil(repository, name, () => isOver));
    const request = { kind: 'remove-registry-tags' as const, registry: registry.address, repository, items: old, scope, agreed: [] };
    const task = await app.run(request);
    isOver = true;
    const pushed = (await Promise.all(pushing)).flat();
    expect(pushed.length).toBeGreaterThan(2);
    const { removed, refused, unasked } = task.result as Removed;
    expect(unasked).toEqual([]);
    for (const { tag } of removed) expect((await get(repository, tag)).status, tag).toBe(404);
    for (const tag of [...kept, ...pushed, ...refused.map((one) => one.tag)]) expect(await isWhole(repository, tag), tag).toBe(true);
    expect([...removed, ...refused].map(({ tag }) => tag).sort()).toEqual(old.map(({ tag }) => tag).sort());
    for (const { failure } of refused) expect(failure.kind).not.toBe('unknown');
    // and nothing but what was put is there: no placeholder
    expect((await registry.tagsOf(repository)).sort()).toEqual([...kept, ...pushed, ...refused.map(({ tag }) => tag)].sort());
  });
}

test('tags that others move meanwhile stay where those put them', async () => {
  const repository = 'amid/moved';
  const old: { tag: string; digest: string }[] = [];
  for (let at = 0; at < 12; at++) old.push({ tag: `tag-${at}`, digest: await into(repository).image([`tag-${at}`]) });
  const early = await into(repository).image(['tag-11']);
  // from the other end, so that some are moved before their turn comes, and some after
  const moved = (async () => {
    const now = new Map([['tag-11', early]]);
    for (const { tag } of old.toReversed().slice(1, 6)) now.set(tag, await into(repository).image([tag]));
    return now;
  })();
  const request = {
    kind: 'remove-registry-tags' as const,
    registry: registry.address,
    repository,
    items: old,
    scope: 'tags' as const,
    agreed: [],
  };
  const [task, now] = await Promise.all([app.run(request), moved]);
  const { removed, refused } = task.result as Removed;
  expect(refused.map(({ tag }) => tag)).toContain('tag-11');
  for (const { tag } of refused) expect((await get(repository, tag)).headers.get('docker-content-digest'), tag).toBe(now.get(tag));
  for (const { tag, failure } of refused) {
    expect(now.has(tag)).toBe(true);
    expect(failure.title).toBe('It has moved in the meantime');
  }
  // one that was pushed to after it went is there again, and whole
  for (const { tag } of removed) expect(now.has(tag) || (await get(repository, tag)).status === 404, tag).toBe(true);
});
