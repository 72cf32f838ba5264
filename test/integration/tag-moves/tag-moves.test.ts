import { beforeAll, expect, test } from 'vitest';
import type { TagLine } from '../../../contract/tag-moves.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, host, ownName } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const idOf = async (name: string): Promise<string> => (await docker(['image', 'inspect', '--format', '{{.Id}}', name])).trim();
const repository = (name: string) => ownName(`${name}:x`).slice(0, -2);
let [one, two] = ['', ''];

beforeAll(async () => {
  await makeRandomImage(host, 'it-moves-made:1', 1000);
  await makeRandomImage(host, 'it-moves-made:2', 1000);
  [one, two] = [wholeId(await idOf('it-moves-made:1')), wholeId(await idOf('it-moves-made:2'))];
});

const wholeId = (id: string): string => (id.startsWith('sha256:') ? id : `sha256:${id}`);

async function lineOf(app: TestApp, name: string): Promise<TagLine | undefined> {
  const [wanted = '', tag = ''] = name.split(':');
  const { lines } = await app.tags.timeline({ repository: repository(wanted), from: 0 });
  return lines.find((line) => line.tag === tag);
}

/** Resolves with the line once a list has shown that the tag is there, or no longer. */
async function settled(app: TestApp, name: string, image: string | undefined): Promise<TagLine> {
  for (;;) {
    const moved = new Promise<void>((resolve) => app.tagMoves.once('moved', () => resolve()));
    const line = await lineOf(app, name);
    if (line && line.now === image) return line;
    await moved;
  }
}

/** The app has heard everything until now, and knows all names. */
async function watching(folder: string): Promise<TestApp> {
  const app = await startApp(host, { folder });
  await app.until(() => app.images.list !== undefined);
  const name = `it-moves-begin:${Math.random().toString(36).slice(2)}`;
  await docker(['tag', base, name]);
  await settled(app, name, wholeId(await idOf(base)));
  await docker(['rmi', name]);
  await settled(app, name, undefined);
  return app;
}

test('what another program does to a tag is remembered with the time', async () => {
  using folder = new WorkFolder({});
  await using app = await watching(folder.path);
  const before = Date.now();
  await docker(['tag', 'it-moves-made:1', 'it-moves-a:latest']);
  await docker(['tag', 'it-moves-made:2', 'it-moves-a:latest']);
  await settled(app, 'it-moves-a:latest', two);
  await docker(['rmi', 'it-moves-a:latest']);
  const { moves } = await settled(app, 'it-moves-a:latest', undefined);
  expect(moves.map(({ from, to }) => [from, to])).toEqual([
    [undefined, one],
    [one, two],
    [two, undefined],
  ]);
  expect(moves.slice(0, 2).map(({ isExact }) => isExact)).toEqual([true, true]);
  for (const { since, at, by } of moves) {
    expect(at).toBeGreaterThanOrEqual(before - 1000);
    expect(at).toBeLessThanOrEqual(Date.now());
    expect(at - since).toBeLessThan(10_000);
    expect(by).toBeUndefined();
  }
});

test('what happened while the app was closed is found at its start, and its time is not made up', async () => {
  using folder = new WorkFolder({});
  await using first = await watching(folder.path);
  for (const tag of ['moved', 'gone']) {
    await docker(['tag', 'it-moves-made:1', `it-moves-b:${tag}`]);
    await settled(first, `it-moves-b:${tag}`, one);
  }
  await first[Symbol.asyncDispose]();
  const closed = Date.now();
  await docker(['tag', 'it-moves-made:2', 'it-moves-b:moved']);
  await docker(['rmi', 'it-moves-b:gone']);
  await docker(['tag', 'it-moves-made:2', 'it-moves-b:came']);
  const opened = Date.now();
  await using second = await startApp(host, { folder: folder.path });
  const [moved, came, gone] = [
    await settled(second, 'it-moves-b:moved', two),
    await settled(second, 'it-moves-b:came', two),
    await settled(second, 'it-moves-b:gone', undefined),
  ].map(({ moves }) => moves.at(-1));
  expect(moved).toMatchObject({ from: one, to: two });
  expect(came).toMatchObject({ to: two });
  expect(gone).toMatchObject({ from: one });
  for (const move of [moved, came, gone]) {
    expect(move?.since).toBeLessThanOrEqual(closed);
    expect(move?.at).toBeGreaterThanOrEqual(closed - 1000);
    // an engine that remembers what it told gives the time; otherwise it is some time until now
    if (move?.isExact) expect(move.at).toBeLessThanOrEqual(opened + 1000);
    else expect(move?.at).toBeGreaterThanOrEqual(opened);
  }
  expect(gone?.isExact).toBe(false);
});

test('what the app itself does is told as its own', async () => {
  using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN echo ${Math.random()} > /own\n` });
  using kept = new WorkFolder({});
  await using app = await watching(kept.path);
  const build = await app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-moves-c:1'] });
  if (build.result?.kind !== 'build') throw new Error(JSON.stringify(build.failure));
  const built = await settled(app, 'it-moves-c:1', build.result.imageId);
  expect(built.moves.at(-1)).toMatchObject({ to: build.result.imageId, by: { kind: 'build', task: build.id } });
  const tag = await app.run({ kind: 'tag', image: one, reference: 'it-moves-c:1' });
  const tagged = await settled(app, 'it-moves-c:1', one);
  expect(tagged.moves.at(-1)).toMatchObject({ from: build.result.imageId, to: one, by: { kind: 'tag', task: tag.id } });
  const untag = await app.run({ kind: 'untag', reference: 'it-moves-c:1' });
  expect(untag.state).toBe('succeeded');
  expect((await settled(app, 'it-moves-c:1', undefined)).moves.at(-1)).toMatchObject({ by: { kind: 'untag', task: untag.id } });
});

test('all is forgotten if a person wants that, and remembered anew from then on', async () => {
  using folder = new WorkFolder({});
  await using app = await watching(folder.path);
  await docker(['tag', 'it-moves-made:1', 'it-moves-d:1']);
  await settled(app, 'it-moves-d:1', one);
  expect((await app.tags.repositories({})).map((found) => found.repository)).toContain(repository('it-moves-d'));
  await app.tags.forget();
  await app.settings.change({ tagDays: 0 });
  await docker(['tag', 'it-moves-made:2', 'it-moves-d:1']);
  await app.until(
    () => app.images.list?.images.some(({ id, references }) => id === two && references.includes(ownName('it-moves-d:1'))) ?? false,
  );
  expect(await app.tags.repositories({})).toEqual([]);
  await app.settings.change({ tagDays: 30 });
});

test('a tag is made what it was before, and moved back; one that has moved meanwhile stays where it is', async () => {
  using folder = new WorkFolder({});
  await using app = await watching(folder.path);
  const [name, other] = ['it-moves-e:latest', 'it-moves-e:other'].map(ownName) as [string, string];
  await docker(['tag', 'it-moves-made:1', name]);
  await docker(['tag', 'it-moves-made:2', name]);
  await settled(app, 'it-moves-e:latest', two);
  const holder = async () => wholeId(await idOf(name));
  const there = await app.run({ kind: 'move-tag', reference: name, to: one, from: two });
  expect(there.result).toEqual({ kind: 'move-tag', reference: name, to: one, from: two });
  expect(await holder()).toBe(one);
  const { moves } = await settled(app, 'it-moves-e:latest', one);
  expect(moves.at(-1)).toMatchObject({ from: two, to: one, by: { kind: 'move-tag', task: there.id } });
  // the way back, while another program is faster
  const base1 = wholeId(await idOf(base));
  await docker(['tag', base, name]);
  const late = await app.run({ kind: 'move-tag', reference: name, to: two, from: one });
  expect(late.failure).toMatchObject({ kind: 'in-use', title: `${name} has moved in the meantime` });
  expect(await holder()).toBe(base1);
  expect((await app.run({ kind: 'move-tag', reference: name, to: two, from: base1 })).state).toBe('succeeded');
  expect(await holder()).toBe(two);
  // one that is not there is only given if nobody has it
  expect((await app.run({ kind: 'move-tag', reference: name, to: one, from: null })).failure?.kind).toBe('in-use');
  expect((await app.run({ kind: 'move-tag', reference: other, to: one, from: null })).state).toBe('succeeded');
  const gone = `sha256:${'0'.repeat(64)}`;
  expect((await app.run({ kind: 'move-tag', reference: name, to: gone, from: two })).failure).toMatchObject({ kind: 'not-found' });
  expect(await holder()).toBe(two);
});
