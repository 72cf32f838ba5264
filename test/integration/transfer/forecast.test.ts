import { expect, test } from 'vitest';
import { forecastPull } from '../../../main/features/transfer/forecast-pull.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { about, host, registry, traits } from '../../support/engines/own-engine.ts';
import { startFaultyDoor } from '../../support/faulty-door.ts';
import { addLayer, expectAsForecast, forecastOf, push, pushAsForecast } from '../../support/forecast-scenario.ts';
import { startApp } from '../../support/make-app.ts';
import { putIndex } from '../../support/put-index.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { startVisitedServer } from '../../support/window/visited-server.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);

const start = () => startApp(host);

test('a push sends what was forecast, to the layer and the byte: all, nothing, one layer on top, and from a neighbour', async () => {
  await using app = await start();
  await pushAsForecast(app, docker, registry);
});

test('a push makes those requests that were forecast, whatever the engine says of it', async () => {
  await using app = await start();
  using door = await startFaultyDoor({ port: Number(registry.split(':')[1]) }, () => undefined);
  const name = (text: string) => `${door.address}/it-requests/${text}`;
  await makeRandomImage(host, name('one:1'), 100_000);
  await addLayer(docker, name('one:1'), name('one:2'), 50_000);
  await docker(['tag', name('one:2'), name('two:1')]);
  const done: string[] = [];
  for (const reference of [name('one:1'), name('one:2'), name('one:2'), name('two:1')]) {
    const { layers } = await forecastOf(app, reference);
    const before = door.seen.length;
    await push(app, reference);
    const seen = door.seen.slice(before);
    const has = (method: string, url: RegExp) => seen.filter((one) => one.method === method && url.test(one.url)).length;
    const of = (wanted: string) => layers.filter(({ state }) => state === wanted).length;
    const ended = has('PUT', /\/blobs\/uploads\//);
    const mounts = has('POST', /[?&]mount=/);
    // what describes the image is sent or mounted like a layer, if it isn't there
    expect([of('send'), of('send') + 1]).toContain(ended);
    expect([of('mount'), of('mount') + (ended > of('send') ? 0 : 1)]).toContain(mounts);
    done.push(layers.map(({ state }) => state).join(' '));
  }
  expect(done).toEqual(['send', 'there-already send', 'there-already there-already', 'mount mount']);
});

test('the forecast says what the name is taken from, and what the engine will send although it is there', async () => {
  await using app = await start();
  const reference = `${registry}/it-forecast/again:1`;
  await makeRandomImage(host, reference, 200_000);
  const { result } = await push(app, reference);
  const [{ digest } = { digest: '' }] = result?.kind === 'push' ? result.pushed : [];

  await makeRandomImage(host, reference, 100_000);
  expect(await forecastOf(app, reference)).toMatchObject({ replaces: digest, toSend: about(100_000) });
});

test('an engine remembers a layer longer than its image, and the forecast does, too', async () => {
  await using app = await start();
  using files = new WorkFolder();
  const reference = `${registry}/it-forecast/removed:1`;
  await makeRandomImage(host, reference, 200_000);
  await docker(['save', '--output', files.file('image.tar'), reference]);
  await push(app, reference);
  expect((await forecastOf(app, reference)).toSend).toBe(0); // by now the push has taught it
  await docker(['rmi', '--force', reference]);
  await docker(['load', '--input', files.file('image.tar')]);
  const known = await forecastOf(app, reference);
  expect(known.layers).toMatchObject([{ state: 'there-already' }]);
  expectAsForecast(await push(app, reference), known);
});

test('what the registry has from elsewhere is sent again by an engine that has never seen it there', async () => {
  await using app = await start();
  using files = new WorkFolder();
  const reference = `${registry}/it-forecast/stranger:1`;
  await makeRandomImage(host, reference, 200_000);
  await docker(['save', '--output', files.file('image.tar'), reference]);
  const from = { kind: 'archive', archive: app.readable(files.file('image.tar')), image: 0 } as const;
  expect((await app.run({ kind: 'copy', from, to: { kind: 'registry', reference } })).state).toBe('succeeded');
  const again = await forecastOf(app, reference);
  if (traits.asksBeforeSending) expect(again).toMatchObject({ toSend: 0, layers: [{ state: 'there-already' }] });
  else expect(again).toMatchObject({ toSend: about(200_000), layers: [{ state: 'send', sentAgain: true }] });
  expectAsForecast(await push(app, reference), again);
});

test('a registry that does not answer is named before anything is sent', async () => {
  await using app = await start();
  await makeRandomImage(host, 'localhost:1/app:1', 1000);
  await expect(forecastOf(app, 'localhost:1/app:1')).rejects.toMatchObject({
    failure: { kind: 'registry-unreachable', title: 'The registry localhost:1 doesn’t answer' },
  });
});

test('a website instead of a registry is recognised', async () => {
  await using app = await start();
  await using site = await startVisitedServer();
  const reference = `${new URL(site.url).host}/page:1`;
  const asked = forecastPull(app.connection.engine, { reference }, app.forecasts);
  await expect(asked).rejects.toMatchObject({
    failure: { title: expect.stringContaining('doesn’t answer like an image registry') },
  });
});

test('getting an image brings what was forecast: all of it, only the upper layer, nothing', async () => {
  await using app = await start();
  const base = `${registry}/it-forecast/pull:1`;
  const more = `${registry}/it-forecast/pull:2`;
  await makeRandomImage(host, base, 300_000);
  await push(app, base);
  await addLayer(docker, base, more, 40_000);
  await push(app, more);
  const look = (reference: string) => forecastPull(app.connection.engine, { reference }, app.forecasts);

  expect(await look(more)).toMatchObject({ isHere: true, toDownload: 0, platform: 'linux/amd64' });
  await docker(['rmi', '--force', more]);
  const upper = await look(more);
  expect(upper.layers.map(({ isHere }) => isHere)).toEqual([true, false]);
  const pulled = await app.run({ kind: 'pull', reference: more });
  const named = traits.namesLayersHere ? ['done', 'there-already'] : ['done'];
  expect(pulled.progress.layers?.map(({ state }) => state).sort()).toEqual(named);

  await docker(['rmi', '--force', base, more]);
  const all = await look(more);
  expect(all.layers.map(({ isHere }) => isHere)).toEqual([false, false]);
  expect(all.toDownload).toBe(all.layers.reduce((sum, { size }) => sum + size, 0));
  await expect(forecastPull(app.connection.engine, { reference: more, platform: 'linux/s390x' }, app.forecasts)).rejects.toThrow(/s390x/);
  // the total is known before the engine has mentioned each layer
  const totals = new Set<number | undefined>();
  app.tasks.on('task', ({ progress }) => progress.layers?.length === 2 && totals.add(progress.bytes?.total));
  const whole = await app.run({ kind: 'pull', reference: more });
  for (const { id, bytes } of whole.progress.layers ?? []) expect(app.forecasts.pullSizes.of(id), id).toBe(bytes?.total);
  expect([...totals]).toEqual([all.toDownload]);
  await expect(look(`${registry}/it-forecast/pull:none`)).rejects.toMatchObject({ failure: { kind: 'not-found' } });
});

test('what was got from a list of platforms is known, too', async () => {
  await using app = await start();
  await using other = await runRegistry();
  const one = `${registry}/it-forecast/list:one`;
  await makeRandomImage(host, one, 150_000);
  await push(app, one);
  await putIndex(registry, 'it-forecast/list', { from: 'one', to: 'all' }, ['linux/arm64', 'linux/s390x']);
  // only the list is left as evidence for an app that has not seen the push
  await docker(['rmi', '--force', one]);
  await docker(['pull', `${registry}/it-forecast/list:all`]);
  await using fresh = await start();
  expect((await forecastOf(fresh, `${registry}/it-forecast/list:all`)).toSend).toBe(0);
  const neighbour = `${registry}/it-forecast/from-list:1`;
  await docker(['tag', `${registry}/it-forecast/list:all`, neighbour]);
  const mounted = await forecastOf(fresh, neighbour);
  expect(mounted.layers).toMatchObject([{ state: 'mount', mountedFrom: 'it-forecast/list' }]);
  if (!traits.publishesPartOfList) {
    const refused = await fresh.run({ kind: 'push', references: [neighbour], to: 'own-registry' });
    expect(refused.failure).toMatchObject({ kind: 'not-found', title: 'Some platforms of the image aren’t here' });
    return;
  }
  expectAsForecast(await push(fresh, neighbour), mounted);
  const elsewhere = `${other.address}/list:1`;
  await docker(['tag', neighbour, elsewhere]);
  const sent = await forecastOf(fresh, elsewhere);
  expectAsForecast(await push(fresh, elsewhere), sent);
});
