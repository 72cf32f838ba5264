import { afterAll, expect, test } from 'vitest';
import type { Task } from '../../../contract/task.ts';
import { hexOf, tarball } from '../../../tools/fuzz/make-tarball.ts';
import { dockerEntries, layer, ociImage, ociLists } from '../../../tools/fuzz/sample-archives.ts';
import { appOn } from '../../support/app-on.ts';
import { host, ownNameOfLoaded, registry } from '../../support/engines/own-engine.ts';
import { TarballCases } from '../../support/tarball-cases.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const cases = new TarballCases();
const made = new WorkFolder();
const app = await appOn(host);
afterAll(async () => {
  cases[Symbol.dispose]();
  made[Symbol.dispose]();
});

/** Flips one bit of the layer. */
function changed(entries: ReturnType<typeof dockerEntries>, name: RegExp): Buffer {
  return tarball(
    ...entries.map((entry) => {
      if (!name.test(entry.name) || !entry.body) return entry;
      const body = Buffer.from(entry.body);
      body[520] = (body[520] ?? 0) ^ 1;
      return { ...entry, body };
    }),
  );
}

const second = layer('two');
const oci = ociImage({ layers: [layer('one'), second], tags: [] });
const files: Record<string, () => string> = {
  'a layer as docker save keeps it': () =>
    made.write('docker.tar', changed(dockerEntries([{ layers: [second], tags: ['it-changed:1'] }]), /layer\.tar$/)),
  'the second layer of an OCI layout, unpacked': () =>
    made.write('oci.tar', changed([...oci.entries, ...ociLists(oci.descriptor)], new RegExp(hexOf(second)))),
  'one whose digest as it lies there is another': () => cases.file('oci-plain-layer-changed'),
  'a packed one of an OCI layout': () => cases.file('oci-layer-changed'),
  'a packed one that unpacks to something else': () => cases.file('packed-layer-changed'),
};

const isSaid = (task: Task, title: string) =>
  expect(task).toMatchObject({
    state: 'failed',
    failure: { kind: 'bad-archive', title, detail: expect.stringMatching(/Layer [12] of [12] \(/) },
  });

test.each(Object.entries(files))('%s: neither loaded nor published, and the layer is named', async (_, make) => {
  const file = make();
  const images = async () => (await app.connection.engine.docker.listImages({ all: true })).map(({ Id }) => Id).toSorted();
  const before = await images();
  isSaid(await app.run({ kind: 'load', archive: app.readable(file) }), 'A layer of the image is damaged');
  expect(await images()).toEqual(before);
  const target = `${registry}/it-changed/${hexOf(file).slice(0, 8)}:1`;
  const copy = await app.run({
    kind: 'copy',
    from: { kind: 'archive', archive: app.readable(file), image: 0 },
    to: { kind: 'registry', reference: target },
  });
  isSaid(copy, 'A layer of the image is damaged');
  const there = await fetch(`http://${registry}/v2/${target.split('/').slice(1).join('/').replace(':1', '')}/manifests/1`);
  expect(there.status).toBe(404);
});

test('an undamaged file is loaded and published: the check itself does no harm', async () => {
  const file = made.write('good.tar', tarball(...dockerEntries([{ layers: [second], tags: ['it-whole:1'] }])));
  expect(await app.run({ kind: 'load', archive: app.readable(file) })).toMatchObject({
    state: 'succeeded',
    result: { loaded: [ownNameOfLoaded('it-whole:1')] },
  });
  for (const name of ['good', 'docker-layer-gzip', 'index-in-index', 'duplicate-layers', 'wrong-ext-tar-gzip']) {
    expect(await app.run({ kind: 'load', archive: app.readable(cases.file(name)) }), name).toMatchObject({ state: 'succeeded' });
  }
});

test.each([
  'hidden-empty-long-name',
  'hidden-empty-pax-path',
  'hidden-long-over-pax',
  'hidden-long-then-global',
  'hidden-old-folder',
  'hidden-pax-size',
  'hidden-sparse-name',
  'hidden-through-link',
])('%s: the load refuses it, too, and gives no name', async (name) => {
  const task = await app.run({ kind: 'load', archive: app.readable(cases.file(name)) });
  expect(task).toMatchObject({ state: 'failed', failure: { title: 'The file can’t be trusted' } });
  for (const given of ['hb-hidden:1', 'hb-shown:1']) await expect(app.connection.engine.docker.getImage(given).inspect()).rejects.toThrow();
});
