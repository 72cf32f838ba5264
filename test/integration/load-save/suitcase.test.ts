import { createReadStream, statSync } from 'node:fs';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { receiptOf } from '../../../main/features/images/receipt-of-engine.ts';
import { openImageArchive } from '../../../main/foundation/image-archive/open-image-archive.ts';
import { chainIds } from '../../../main/foundation/layers/chain-ids.ts';
import { readReceipt, writeReceipt } from '../../../main/foundation/receipts/receipt.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { digestOf, tarball } from '../../../tools/fuzz/make-tarball.ts';
import { dockerEntries, layer } from '../../../tools/fuzz/sample-archives.ts';
import { host, kind, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// the other computer: an engine of its own that only files reach
const other = await startEngine({ kind });
const folder = new WorkFolder();
const here = await startApp(host);
const there = await startApp(`unix://${other.socket}`);
afterAll(async () => {
  await here[Symbol.asyncDispose]();
  await there[Symbol.asyncDispose]();
  await other.stop();
  folder[Symbol.dispose]();
});

/** The layers, of which images have some each, in any order. */
const pool = Array.from({ length: 5 }, (_, at) => layer(`it-suitcase ${at} ${'x'.repeat(20_000 * (at + 1))}`));
type Made = { layers: Buffer[]; tags: string[] };
let files = 0;

async function load(app: TestApp, images: Made[]): Promise<void> {
  const path = folder.write(`made-${files++}.tar`, tarball(...dockerEntries(images)));
  expect(await app.run({ kind: 'load', archive: app.readable(path) })).toMatchObject({ state: 'succeeded' });
  const names = images.flatMap(({ tags }) => tags);
  await app.until(() => names.every((name) => listed(app).includes(name)));
}

const listed = (app: TestApp) => app.images.list?.images.flatMap(({ references }) => references) ?? [];

async function remove(app: TestApp, names: string[]): Promise<void> {
  for (const name of names) await app.connection.engine.docker.getImage(name).remove();
  await app.until(() => !names.some((name) => listed(app).includes(name)));
}

const layersOf = async (app: TestApp, reference: string): Promise<string[]> =>
  (await app.connection.engine.docker.getImage(reference).inspect()).RootFS.Layers ?? [];

/** What the other computer writes down. */
async function receiptFile(): Promise<string> {
  return folder.write(`there-${files++}.receipt.json`, writeReceipt(await receiptOf(there.shelves.main, Date.now())));
}

async function saveFor(receipt: string, references: string[]): Promise<{ path: string; result: unknown }> {
  const path = folder.file(`suitcase-${files++}.tar`);
  const task = await here.run({ kind: 'save', references, target: here.writable(path), receipt: here.readable(receipt) });
  expect(task.failure).toBeUndefined();
  return { path, result: task.result };
}

const loadSuitcase = (app: TestApp, path: string) => app.run({ kind: 'load', archive: app.readable(path), isPartial: true });

const nameHere = (name: string) => (traits.writesNamesInFull ? `docker.io/library/${name}` : name);

test('only what the other computer lacks is packed, byte for byte, and what arrives is whole', async () => {
  const image = fc.array(fc.integer({ min: 0, max: pool.length - 1 }), { minLength: 1, maxLength: 4 });
  const made = fc.record({ sent: fc.array(image, { minLength: 1, maxLength: 3 }), known: fc.array(image, { maxLength: 3 }) });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(made, async ({ sent, known }) => {
      round += 1;
      const imagesOf = (lists: number[][], name: string): Made[] =>
        lists.map((places, at) => ({
          layers: places.map((one) => pool[one] as Buffer),
          tags: [nameHere(`it-case-${name}:${round}-${at}`)],
        }));
      const mine = imagesOf(sent, 'sent');
      const theirs = imagesOf(known, 'known');
      await load(here, mine);
      if (theirs.length > 0) await load(there, theirs);
      const chains = await there.shelves.main.knownChains();
      const references = mine.flatMap(({ tags }) => tags);
      const receipt = await receiptFile();
      const forecast = await here.archives.forecastSuitcase({ references, receipt: here.readable(receipt) });
      const { path, result } = await saveFor(receipt, references);
      // a layer is left out only if it is there wherever it is needed
      const places = new Map<string, string[]>();
      for (const { layers } of mine) {
        const diffIds = layers.map(digestOf);
        for (const [at, chain] of chainIds(diffIds).entries())
          places.set(diffIds[at] as string, [...(places.get(diffIds[at] as string) ?? []), chain]);
      }
      const lacking = [...places].filter(([, needed]) => !needed.every((chain) => chains.has(chain))).map(([diffId]) => diffId);
      const { images, preview } = await openImageArchive(path);
      const packed = new Map(
        images.flatMap(({ layers }) => layers.filter(({ isAbsent }) => !isAbsent)).map((one) => [one.diffId, one.size]),
      );
      expect([...packed.keys()].sort()).toEqual(lacking.sort());
      expect(result).toMatchObject({ suitcase: { packedLayers: lacking.length, leftOutLayers: places.size - lacking.length } });
      expect(forecast).toMatchObject({ packed: { layers: lacking.length }, leftOut: { layers: places.size - lacking.length } });
      expect(preview.suitcase).toMatchObject({ madeFor: readReceipt(JSON.stringify(JSON.parse(await text(receipt))), '')?.name });
      // what is in the file beside its layers is small
      const bytes = [...packed.values()].reduce((sum, size) => sum + size, 0);
      expect(statSync(path).size - bytes).toBeLessThan(10_000 * (1 + places.size + mine.length));
      const task = await loadSuitcase(there, path);
      expect(task.failure).toBeUndefined();
      expect(task.result).not.toHaveProperty('differences');
      for (const [at, reference] of references.entries()) expect(await layersOf(there, reference)).toEqual(mine[at]?.layers.map(digestOf));
      await there.until(() => references.every((name) => listed(there).includes(name)));
      await remove(here, references);
      await remove(there, [...references, ...theirs.flatMap(({ tags }) => tags)]);
    }),
    { numRuns: 8, seed: 20261201 },
  );
});

const text = async (path: string): Promise<string> => {
  let all = '';
  for await (const piece of createReadStream(path, 'utf8')) all += piece;
  return all;
};

test('the files of an image that came in parts are all there', async () => {
  const base = [layer('it-parts base')];
  const tags = [nameHere('it-parts:1')];
  await load(there, [{ layers: base, tags: [nameHere('it-parts-base:1')] }]);
  await load(here, [{ layers: [...base, tarball({ name: 'top.txt', body: 'top' })], tags }]);
  const { path } = await saveFor(await receiptFile(), tags);
  expect(await loadSuitcase(there, path)).toMatchObject({ state: 'succeeded', result: { hereBefore: { layers: 1 } } });
  const { docker } = there.connection.engine;
  const container = await docker.createContainer({ Image: tags[0] as string, Cmd: ['/x'] });
  for (const name of ['/file.txt', '/top.txt']) expect(await sizeOf(await container.getArchive({ path: name }))).toBeGreaterThan(0);
  await container.remove();
});

async function sizeOf(stream: NodeJS.ReadableStream): Promise<number> {
  let size = 0;
  for await (const piece of stream) size += (piece as Buffer).length;
  return size;
}

test('a suitcase for another computer is refused, and says for whom it is', async () => {
  const base = [layer('it-elsewhere base')];
  const tags = [nameHere('it-elsewhere:1')];
  await load(here, [{ layers: [...base, layer('it-elsewhere top')], tags }]);
  const receipt = folder.write(
    'lab.receipt.json',
    writeReceipt({ name: 'lab-03', madeAt: Date.now(), chains: new Set(chainIds(base.map(digestOf))) }),
  );
  const { path } = await saveFor(receipt, tags);
  const task = await loadSuitcase(there, path);
  expect(task).toMatchObject({ state: 'failed', failure: { title: expect.stringContaining('was packed for lab-03') } });
  expect(listed(there)).not.toContain(tags[0]);
  const { images } = await openImageArchive(path);
  const layers = images.map((one) => one.layers.map(({ diffId, isAbsent }) => ({ diffId, ...(isAbsent && { isAbsent }) })));
  expect(await there.archives.completeness({ images: layers })).toMatchObject({ leftOut: 1, lacking: [{ image: 0, layers: 1 }] });
});

test('what docker itself says of the images of a computer is a receipt, too', async () => {
  await load(there, [{ layers: [layer('it-inspected')], tags: [nameHere('it-inspected:1')] }]);
  const { docker } = there.connection.engine;
  const ids = there.images.list?.images.map(({ id }) => id) ?? [];
  const inspected = await Promise.all(ids.map((id) => docker.getImage(id).inspect()));
  const receipt = readReceipt(JSON.stringify(inspected, undefined, 4), 'lab-03.json');
  expect(receipt?.name).toBe('lab-03');
  expect([...(receipt?.chains ?? [])].sort()).toEqual([...(await there.shelves.main.knownChains())].sort());
});

test.skipIf(traits.loadsWholeFilesOnly)('docker load reads a suitcase by itself, also one that holds only names', async () => {
  const layers = [layer('it-plain 1'), layer('it-plain 2')];
  await load(there, [{ layers, tags: [nameHere('it-plain-known:1')] }]);
  const tags = [nameHere('it-plain:1')];
  await load(here, [{ layers, tags }]);
  const { path, result } = await saveFor(await receiptFile(), tags);
  expect(result).toMatchObject({ suitcase: { packedLayers: 0, leftOutLayers: 2 } });
  await sizeOf(await there.connection.engine.docker.loadImage(createReadStream(path)));
  expect(await layersOf(there, tags[0] as string)).toEqual(layers.map(digestOf));
});
