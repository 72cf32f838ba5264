import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillRegistry, manyTags } from '../../../tools/bench/fill-registry.ts';
import { startRegistry } from '../../../tools/engine/start-registry.ts';
import { allOf } from '../../support/browsed-registry.ts';
import { host } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { runRegistry, someone } from '../../support/run-registry.ts';
import { WorkFolder } from '../../support/work-folder.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp(host);
});
afterAll(() => app[Symbol.asyncDispose]());

test('the real registry’s repositories come over several pages, and its tags all at once', async () => {
  using folder = new WorkFolder({});
  fillRegistry(folder.file('registry'), { repositories: 1100, tags: 300, images: 3 });
  const { port, stop } = await startRegistry(folder.file('registry'));
  const registry = `localhost:${port}`;
  try {
    const parts = await allOf(await app.registryBrowse.repositories({ registry }));
    expect(parts.map((part) => part.kind === 'listed' && part.names.length)).toEqual([1000, 100]);
    const tags = (await allOf(await app.registryBrowse.tags({ registry, repository: manyTags }))).flatMap(({ names }) => names);
    expect(new Set(tags).size).toBe(300);
    const asked = { registry, repository: manyTags, tags: tags.slice(0, 100), depth: 'all' as const };
    const answers = (await allOf(await app.registryBrowse.details(asked))).flat();
    expect(answers).toHaveLength(100);
    expect(new Set(answers.map((answer) => ('details' in answer ? answer.details.digest : 'none'))).size).toBe(3);
    expect(answers.every((answer) => 'details' in answer && answer.details.platforms?.join() === 'linux/amd64')).toBe(true);
  } finally {
    await stop();
  }
});

test('a registry with a login is shown to whoever signed in, and to nobody after signing out', async () => {
  await using locked = await runRegistry({ login: true });
  const registry = locked.address;
  const first = async () => (await allOf(await app.registryBrowse.repositories({ registry })))[0];
  expect(await first()).toMatchObject({ kind: 'unlisted', failure: { kind: 'sign-in' } });
  await expect(allOf(await app.registryBrowse.tags({ registry, repository: 'app' }))).rejects.toMatchObject({ data: { kind: 'sign-in' } });
  await app.signing.signIn({ registry, ...someone });
  // nothing in it, but it says so
  expect(await first()).toBeUndefined();
  await app.signing.signOut({ registry });
  expect(await first()).toMatchObject({ kind: 'unlisted' });
});
