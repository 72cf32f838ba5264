import { afterAll, expect, test } from 'vitest';
import { compareLoaded } from '../../../main/features/load-save/compare-loaded.ts';
import { appOn } from '../../support/app-on.ts';
import { base, host, ownNameOfLoaded, registry, traits } from '../../support/engines/own-engine.ts';
import { forgetLayersOf, shownOf } from '../../support/load-as-shown.ts';
import { testOddArchives } from '../../support/odd-archive-tests.ts';
import { TarballCases } from '../../support/tarball-cases.ts';

const cases = new TarballCases();
const app = await appOn(host);
afterAll(() => cases[Symbol.dispose]());

const load = (path: string) => app.run({ kind: 'load', archive: app.readable(path) });

test('a part that the engine lacks is reported as missing, and does no harm if the engine has it', async () => {
  await forgetLayersOf(app, cases.file('partial-archive', 'base.tar'));
  const missed = await load(cases.file('partial-archive'));
  expect(missed).toMatchObject({
    state: 'failed',
    failure: { title: 'Part of the image is missing from the file', detail: expect.stringMatching(/^1 of 2 layers aren’t in it/) },
  });
  expect(await load(cases.file('partial-archive', 'base.tar'))).toMatchObject({ state: 'succeeded' });
  const loaded = await load(cases.file('partial-archive'));
  if (traits.loadsWholeFilesOnly) return expect(loaded).toMatchObject({ state: 'failed', failure: { title: missed.failure?.title } });
  expect(loaded).toMatchObject({ state: 'succeeded', result: { loaded: [ownNameOfLoaded('hb-partial:1')] } });
  expect(loaded.result).not.toHaveProperty('differences');
});

testOddArchives({ app: () => app, cases });

test.skipIf(traits.loadsForeignSystems)('an image for another operating system is named as such', async () => {
  expect(await load(cases.file('foreign-layer-left-out'))).toMatchObject({
    state: 'failed',
    failure: { title: 'The image is for windows, but the engine runs linux' },
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

test.each(['bzip2-outer', 'sparse-repacked/pax.tar', 'gzip-in-gzip'])('%s is published as it is shown', async (name) => {
  const shown = await shownOf(cases.file(name));
  const target = `${registry}/it-odd/${name.split(/[/.]/)[0]}:1`;
  const copy = await app.run({
    kind: 'copy',
    from: { kind: 'archive', archive: app.readable(cases.file(name)), image: 0 },
    to: { kind: 'registry', reference: target },
  });
  expect(copy).toMatchObject({ state: 'succeeded' });
  // the containerd store gets no layer that it has unpacked from elsewhere, and then knows nothing about the image
  await forgetLayersOf(app, cases.file(name));
  expect(await app.run({ kind: 'pull', reference: target })).toMatchObject({ state: 'succeeded' });
  const { RootFS } = await app.connection.engine.docker.getImage(target).inspect();
  expect(RootFS.Layers).toEqual(shown.images[0]?.layers.map(({ diffId }) => diffId));
});

test('differences from the preview are reported: more, missing, another image', async () => {
  const { engine } = app.connection;
  const absent = `sha256:${'0'.repeat(64)}`;
  const compare = (loaded: string[], names: string[], diffIds: string[] = []) =>
    compareLoaded(engine, loaded, [{ ids: [absent], names, diffIds }], new AbortController().signal);
  const { Layers } = (await engine.docker.getImage(base).inspect()).RootFS;
  expect(await compare([base], [base], Layers)).toBeUndefined();
  expect(await compare([base], [base])).toEqual({ more: [], missing: [], other: [base] });
  expect(await compare([base], ['it-absent:1'])).toEqual({ more: [base], missing: ['it-absent:1'], other: [] });
  expect(await compare([], [])).toEqual({ more: [], missing: [absent], other: [] });
});
