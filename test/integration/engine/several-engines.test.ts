import { afterAll, expect, test } from 'vitest';
import { addContext } from '../../../main/foundation/engine/docker-contexts.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { host, kind } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// an engine of its own: it is stopped and killed
const other: Engine = await startEngine({ kind });
const place = `unix://${other.socket}`;
const home = new WorkFolder();
const contexts = { one: host, other: place, 'by-another-way': `unix://${other.socket.replace(/\/([^/]+)$/, '/./$1')}` };
for (const [name, address] of Object.entries(contexts)) await addContext(home.file('.docker'), { name, address });
home.write('.docker/config.json', JSON.stringify({ currentContext: 'one' }));

const app = await startApp(host, { home: home.path });
await app.settings.change({ beside: [place] });
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await other.stop();
  home[Symbol.dispose]();
});

const namesAt = ({ shelves }: TestApp, at?: string): string[] | undefined =>
  shelves.find(at)?.images.list?.images.flatMap(({ references }) => references);
const has = (name: string, at?: string) => () => namesAt(app, at)?.some((reference) => reference.endsWith(name)) ?? false;

test('each engine has its own list, and a task is done by the engine that it names', async () => {
  await makeRandomImage(host, 'it-several:here', 1000);
  await makeRandomImage(other.host, 'it-several:there', 1000);
  await app.until(has('it-several:here'));
  await app.until(has('it-several:there', place));
  expect(has('it-several:there')()).toBe(false);

  const image = app.shelves.at(place).images.list?.images.find(({ references }) => references.some((name) => name.endsWith(':there')));
  const tagged = await app.run({ kind: 'tag', image: image?.id ?? '', reference: 'it-several:tagged' }, place);
  expect(tagged).toMatchObject({ state: 'succeeded', at: place });
  await app.until(has('it-several:tagged', place));
  expect(has('it-several:tagged')()).toBe(false);
  expect(await app.run({ kind: 'tag', image: image?.id ?? '', reference: 'it-several:tagged' })).toMatchObject({ state: 'failed' });
});

test('an image of one engine is compared with one of another, each read where it is', async () => {
  await makeRandomImage(host, 'it-several-compared:1', 1000);
  await makeRandomImage(other.host, 'it-several-compared:1', 2000);
  await app.until(has('it-several-compared:1'));
  await app.until(has('it-several-compared:1', place));
  const open = async (at?: string) => {
    const images = app.shelves.at(at).images.list?.images ?? [];
    const image = images.find(({ references }) => references.some((name) => name.endsWith('it-several-compared:1')))?.id ?? '';
    const { files } = await app.layerFiles.open({ kind: 'engine', image, ...(at !== undefined && { at }) });
    expect(await app.run({ kind: 'index', files }, at)).toMatchObject({ state: 'succeeded' });
    return files;
  };
  const pair = { first: await open(), second: await open(place) };
  expect(await app.compare.summary(pair)).toMatchObject({ files: { added: 0, changed: 1, removed: 0 }, bytes: { changed: [1000, 2000] } });
});

test('an engine by another way is shown once, and again if the first way is given up', async () => {
  const otherWay = contexts['by-another-way'];
  await app.settings.change({ beside: [place, otherWay] });
  const entry = () => app.shelves.beside.find((one) => one.place === otherWay);
  await app.until(() => entry()?.isShownAlready === true);
  expect(entry()).not.toHaveProperty('images');
  await app.settings.change({ beside: [otherWay] });
  await app.until(() => entry()?.images !== undefined);
  expect(entry()).not.toHaveProperty('isShownAlready');
  await app.settings.change({ beside: [place] });
  await app.until(has('it-several:there', place));
});

test('an engine that hangs holds up no other, and one that is killed is missed alone and found again', async () => {
  other.pause();
  try {
    const late = await startApp(host, { home: home.path });
    await late.settings.change({ beside: [place] });
    await makeRandomImage(host, 'it-several:meanwhile', 1000);
    await app.until(has('it-several:meanwhile'));
    await late.until(() => namesAt(late)?.some((name) => name.endsWith('it-several:meanwhile')) ?? false);
    await late[Symbol.asyncDispose]();
  } finally {
    other.goOn();
  }
  await other.kill();
  await app.until(() => app.shelves.beside[0]?.engine.state === 'missing');
  expect(app.shelves.beside[0]).not.toHaveProperty('images');
  expect(app.connection.state.state).toBe('connected');
  await other.restart();
  await app.until(has('it-several:there', place), 30_000);
});

test('an engine that is shown no longer is left, and nothing is done on it', async () => {
  await app.settings.change({ beside: [] });
  expect(app.shelves.beside).toEqual([]);
  expect(() => app.tasks.start({ kind: 'untag', reference: 'it-several:there' }, place)).toThrow('This engine is not in the list');
});
