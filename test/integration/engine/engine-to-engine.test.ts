import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, afterEach, expect, test } from 'vitest';
import { sendImages } from '../../../main/features/load-save/send-images.ts';
import { addContext } from '../../../main/foundation/engine/docker-contexts.ts';
import { chainIds } from '../../../main/foundation/layers/chain-ids.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { digestOf, tarball } from '../../../tools/fuzz/make-tarball.ts';
import { dockerEntries, layer } from '../../../tools/fuzz/sample-archives.ts';
import { host, kind, traits } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// an engine of its own: it is killed
const other = await startEngine({ kind });
const place = `unix://${other.socket}`;
const home = new WorkFolder();
for (const [name, address] of Object.entries({ one: host, other: place })) await addContext(home.file('.docker'), { name, address });
home.write('.docker/config.json', JSON.stringify({ currentContext: 'one' }));
const folder = home.file('app');
const app = await startApp(host, { home: home.path, folder });
await app.settings.change({ beside: [place] });
await app.until(() => app.shelves.find(place)?.images.list !== undefined);

const onTheWay = () => (existsSync(join(folder, 'on-the-way')) ? readdirSync(join(folder, 'on-the-way')) : []);
afterEach(() => expect(onTheWay()).toEqual([]));
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await other.stop();
  home[Symbol.dispose]();
});

/** The layers, of which images have some each, in any order. */
const pool = Array.from({ length: 5 }, (_, at) => layer(`it-send ${at} ${'x'.repeat(3000 * at)}`));
type Made = { layers: Buffer[]; tags: string[] };

async function load(images: Made[], at?: string): Promise<void> {
  const path = home.write('made.tar', tarball(...dockerEntries(images)));
  expect(await app.run({ kind: 'load', archive: app.readable(path) }, at)).toMatchObject({ state: 'succeeded' });
}

const layersOf = async (reference: string, at?: string): Promise<string[]> =>
  (await app.shelves.at(at).connection.engine.docker.getImage(reference).inspect()).RootFS.Layers ?? [];

test('images arrive as they are, and no layer that is there is sent', async () => {
  const image = fc.array(fc.integer({ min: 0, max: pool.length - 1 }), { minLength: 1, maxLength: 4 });
  const made = fc.record({ sent: fc.array(image, { minLength: 1, maxLength: 3 }), there: fc.array(image, { maxLength: 3 }) });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(made, async ({ sent, there }) => {
      round += 1;
      const imagesOf = (lists: number[][], name: string): Made[] =>
        lists.map((places, at) => ({ layers: places.map((one) => pool[one] as Buffer), tags: [`it-send-${name}:${round}-${at}`] }));
      const here = imagesOf(sent, 'sent');
      const theirs = imagesOf(there, 'there');
      await load(here);
      if (theirs.length > 0) await load(theirs, place);
      const references = here.flatMap(({ tags }) => tags);
      const chains = await app.shelves.at(place).knownChains();
      const task = await app.run({ kind: 'send', references, to: place });
      expect(task).toMatchObject({ state: 'succeeded' });
      for (const reference of references) expect(await layersOf(reference, place)).toEqual(await layersOf(reference));
      // each layer once; it need not be sent only if it is there wherever it is needed
      const places = new Map<string, string[]>();
      for (const { layers } of here)
        chainIds(layers.map(digestOf)).forEach((chain, at) => {
          const id = digestOf(layers[at] as Buffer);
          places.set(id, [...(places.get(id) ?? []), chain]);
        });
      const free = [...places.values()].filter((needed) => !traits.loadsWholeFilesOnly && needed.every((chain) => chains.has(chain)));
      expect(task.result).toMatchObject({ presentLayers: free.length, sentLayers: places.size - free.length });
      for (const { tags } of [...here, ...theirs]) {
        await app.run({ kind: 'untag', reference: tags[0] as string });
        await app.run({ kind: 'untag', reference: tags[0] as string }, place);
      }
    }),
    { numRuns: 12, seed: 20261130 },
  );
});

test('a layer that has gone from the other engine in the meantime is sent after all', async () => {
  const made = { layers: [layer('it-gone 1'), layer('it-gone 2')], tags: ['it-gone:1'] };
  await load([made]);
  const { engine } = app.connection;
  const to = app.shelves.at(place).connection.engine;
  const chainsThere = async () => new Set(chainIds(made.layers.map(digestOf)));
  const context = { id: 'it-gone', signal: new AbortController().signal, report: () => {}, log: () => {} };
  const result = await sendImages(
    { from: engine, to, references: ['it-gone:1'], chainsThere },
    { partials: app.partials, folder: join(folder, 'on-the-way') },
    context,
  );
  expect(result).toMatchObject({ sentLayers: 2, presentLayers: 0 });
  expect(await layersOf('it-gone:1', place)).toEqual(made.layers.map(digestOf));
});

test('stopped on the way, and the other engine killed: nothing is left, and the right engine is named', async () => {
  await makeRandomImage(host, 'it-way:1', 200_000_000);
  await app.until(() => app.images.list?.images.some(({ references }) => references.some((name) => name.endsWith('it-way:1'))) ?? false);
  const send = () => app.tasks.start({ kind: 'send', references: ['it-way:1'], to: place });
  const isSending = (id: string) => () => app.tasks.task(id).progress.phase === 'sending';

  const stopped = send();
  await app.until(isSending(stopped), 60_000);
  app.tasks.cancel(stopped);
  expect(await app.ended(stopped)).toMatchObject({ state: 'cancelled' });
  expect(onTheWay()).toEqual([]);

  const lost = send();
  await app.until(isSending(lost), 60_000);
  await other.kill();
  expect(await app.ended(lost)).toMatchObject({
    state: 'failed',
    failure: { kind: 'engine-lost', detail: expect.stringContaining('On docker context other') },
  });
  await other.restart();
});
