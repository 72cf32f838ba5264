import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { host, ownName } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const privateNames = async (): Promise<string[]> =>
  (await docker(['images', '--format', '{{.Repository}}:{{.Tag}}'])).split('\n').filter((name) => name.startsWith('layerdeck.invalid/'));
const isThere = (id: string): Promise<boolean> =>
  docker(['image', 'inspect', id]).then(
    () => true,
    () => false,
  );
const wholeId = (id: string): string => (id.startsWith('sha256:') ? id : `sha256:${id}`);
const idOf = async (name: string): Promise<string> => wholeId((await docker(['image', 'inspect', '--format', '{{.Id}}', name])).trim());
const found = (id: string) => app.images.list?.images.find((image) => image.id === id);

let app: TestApp;
beforeEach(async () => {
  app = await startApp(host);
  await app.until(() => app.images.list?.disk !== undefined);
});
afterEach(() => app[Symbol.asyncDispose]());

/** Makes a tag go from one image to another, which leaves the first without a name. */
async function leave(name: string, bytes: number): Promise<string> {
  await makeRandomImage(host, name, bytes);
  const id = await idOf(name);
  await app.until(() => found(id)?.references.includes(ownName(name)) ?? false);
  await makeRandomImage(host, `${name}-next`, 1000);
  await docker(['tag', `${name}-next`, name]);
  await app.until(() => found(id)?.references.length === 0);
  return id;
}

test('an image that a tag has left outlives a prune, is in no list by its private name, and the tag can be moved back', async () => {
  await app.settings.change({ undoBytes: 50_000_000 });
  const id = await leave('it-kept:1', 100_000);
  await app.until(() => found(id)?.keptUntil !== undefined);
  expect(found(id)).toMatchObject({ references: [], digests: [] });
  expect(found(id)?.keptUntil).toBeGreaterThan(Date.now() + 98 * 86_400_000);
  expect(await privateNames()).toHaveLength(1);
  const looks = await Array.fromAsync(app.disk.look(app.shelves.main, AbortSignal.timeout(30_000)));
  expect(looks.at(-1)?.items).toContainEqual(expect.objectContaining({ id, references: [], keptUntil: found(id)?.keptUntil }));
  await docker(['image', 'prune', '--force']);
  expect(await isThere(id)).toBe(true);
  using folder = new WorkFolder({});
  const file = folder.file('kept.tar');
  expect((await app.run({ kind: 'save', references: [id], target: app.writable(file) })).state).toBe('succeeded');
  expect(readFileSync(file).includes('layerdeck.invalid')).toBe(false);

  const is = await idOf('it-kept:1');
  expect((await app.run({ kind: 'move-tag', reference: ownName('it-kept:1'), to: id, from: is })).state).toBe('succeeded');
  expect(await idOf('it-kept:1')).toBe(id);
  // one that has a name again needs no private one
  await app.until(() => found(id)?.keptUntil === undefined && found(id)?.references.length === 1);
  expect(await privateNames()).toEqual([]);
});

test('the oldest give way within the budget, and are deleted by nobody but who prunes', async () => {
  await app.settings.change({ undoBytes: 50_000_000 });
  const first = await leave('it-kept:a', 400_000);
  await app.until(() => found(first)?.keptUntil !== undefined && found(first)?.ownSize !== undefined);
  // room for one of two, however the engine counts
  await app.settings.change({ undoBytes: Math.round((found(first)?.ownSize ?? 0) * 1.5) });
  const second = await leave('it-kept:b', 400_000);
  await app.until(() => found(second)?.keptUntil !== undefined && found(first)?.keptUntil === undefined);
  expect([await isThere(first), await isThere(second)]).toEqual([true, true]);
  await docker(['image', 'prune', '--force']);
  expect([await isThere(first), await isThere(second)]).toEqual([false, true]);

  await app.settings.change({ undoBytes: 0 });
  await app.until(() => found(second)?.keptUntil === undefined);
  expect(await privateNames()).toEqual([]);
  expect(await isThere(second)).toBe(true);
});

test('nothing is kept unless a person wants it, and what is removed goes, kept or not', async () => {
  const dangling = await leave('it-kept:off', 50_000);
  await app.settings.change({ undoBytes: 50_000_000 });
  await app.until(() => found(dangling)?.keptUntil !== undefined);
  const task = await app.run({ kind: 'remove', images: [dangling] });
  expect(task.result).toMatchObject({ kind: 'remove', untagged: [] });
  expect(await isThere(dangling)).toBe(false);
  expect(await privateNames()).toEqual([]);

  // a tag that was removed has left its image for no other one
  await makeRandomImage(host, 'it-kept:gone', 20_000);
  const gone = await idOf('it-kept:gone');
  await app.until(() => found(gone) !== undefined);
  await docker(['rmi', 'it-kept:gone']);
  await app.until(() => found(gone) === undefined);
  expect(await isThere(gone)).toBe(false);
});
