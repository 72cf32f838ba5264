import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareLoaded } from '../../main/archive/compare-loaded.ts';
import { TestApp } from '../support/make-app.ts';
import { testOddArchives } from '../support/odd-archive-tests.ts';
import { TarballCases } from '../support/tarball-cases.ts';
import { base, host, registry } from './own-engine.ts';

const cases = new TarballCases();
let app: TestApp;
beforeAll(async () => {
  app = new TestApp(host);
  await app.connected();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  cases[Symbol.dispose]();
});

const load = (path: string) => app.run({ kind: 'load', archive: app.readable(path) });

/** Removes every image that shares the first layer with the one of this file: tests before may have left some. */
async function forgetLayerOf(path: string): Promise<void> {
  const { docker } = app.connection.engine;
  const { result } = await load(path);
  const layersOf = async (name: string) => (await docker.getImage(name).inspect()).RootFS.Layers ?? [];
  const [layer = ''] = await layersOf(result?.kind === 'load' ? (result.loaded[0] ?? '') : '');
  for (const { Id } of await docker.listImages()) {
    if ((await layersOf(Id)).includes(layer)) await docker.getImage(Id).remove({ force: true });
  }
}

test('a part that the engine lacks is missed in words, and is no harm where it has it', async () => {
  await forgetLayerOf(cases.file('partial-archive', 'base.tar'));
  const missed = await load(cases.file('partial-archive'));
  expect(missed).toMatchObject({
    state: 'failed',
    failure: { title: 'A part of the image is missing in the file', detail: expect.stringMatching(/^1 of 2 layers are not in it/) },
  });
  expect(await load(cases.file('partial-archive', 'base.tar'))).toMatchObject({ state: 'succeeded' });
  const loaded = await load(cases.file('partial-archive'));
  expect(loaded).toMatchObject({ state: 'succeeded', result: { loaded: ['hb-partial:1'] } });
  expect(loaded.result).not.toHaveProperty('differences');
});

testOddArchives({ app: () => app, cases });

test('an image of another system is named as that', async () => {
  expect(await load(cases.file('foreign-layer-left-out'))).toMatchObject({
    state: 'failed',
    failure: { title: 'The image is for windows, and the engine runs linux' },
  });
});

test.each(['docker-layer-bzip2', 'docker-layer-xz', 'partial-archive'])('%s is not published as what it is not', async (name) => {
  const target = `${registry}/it-odd/${name}:1`;
  const copy = await app.run({
    kind: 'copy',
    from: { kind: 'archive', archive: app.readable(cases.file(name)), image: 0 },
    to: { kind: 'registry', reference: target },
  });
  expect(copy).toMatchObject({ state: 'failed', failure: { kind: 'bad-archive', title: expect.stringMatching(/packed with|missing/) } });
  expect((await fetch(`http://${registry}/v2/it-odd/${name}/manifests/1`)).status).toBe(404);
});

test('what came otherwise than it was shown is told: more, missing, another image', async () => {
  const { engine } = app.connection;
  const compare = (loaded: string[], names: string[], diffIds: string[] = []) =>
    compareLoaded(engine, loaded, [{ ids: ['sha256:none'], names, diffIds }], new AbortController().signal);
  const { Layers } = (await engine.docker.getImage(base).inspect()).RootFS;
  expect(await compare([base], [base], Layers)).toBeUndefined();
  expect(await compare([base], [base])).toEqual({ more: [], missing: [], other: [base] });
  expect(await compare([base], ['it-absent:1'])).toEqual({ more: [base], missing: ['it-absent:1'], other: [] });
  expect(await compare([], [])).toEqual({ more: [], missing: ['sha256:none'], other: [] });
});
