import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choiceOf } from '../../../contract/clean-up-choice.ts';
import type { CleanUpChoice, CleanUpItem, DiskLook, ImageItem } from '../../../contract/disk.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, host, ownName, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN head -c 700000 /dev/urandom > /own\n` });
let app: TestApp;
let registry: Awaited<ReturnType<typeof runRegistry>>;
let pulled = '';

beforeAll(async () => {
  app = await startApp(host);
  registry = await runRegistry();
  pulled = `${registry.address}/it-disk/pulled:1`;
  await makeRandomImage(host, pulled, 400_000);
  for (const command of ['push', 'rmi', 'pull']) await docker([command, pulled]);
  await makeRandomImage(host, 'it-disk/only:1', 300_000);
  await app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-disk/built:1'] });
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await registry[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const listed = (name: string) => app.images.list?.images.find(({ references }) => references.includes(ownName(name)));

/** All that is known in the end. */
async function lookAt(signal = AbortSignal.timeout(30_000)): Promise<DiskLook> {
  const looks = await Array.fromAsync(app.disk.look(app.shelves.main, signal));
  const last = looks.at(-1);
  if (!last) throw new Error('nothing was seen');
  return last;
}

async function imageNamed(name: string): Promise<ImageItem> {
  await app.until(() => listed(name)?.ownSize !== undefined);
  const found = (await lookAt()).items.find((item): item is ImageItem => item.kind === 'image' && item.references.includes(ownName(name)));
  if (!found) throw new Error(`${name} is not there`);
  return found;
}

const cleanUp = async (choice: Partial<CleanUpChoice>) => {
  const task = await app.run({ kind: 'clean-up', choice: { images: [], records: [], containers: [], ...choice } });
  if (task.result?.kind !== 'clean-up') throw new Error(JSON.stringify(task.failure));
  return task.result;
};

describe('what there is', () => {
  test('it is shown at once, then with all that the engine adds', async () => {
    await app.until(() => listed('it-disk/built:1')?.ownSize !== undefined);
    const [first, ...rest] = await Array.fromAsync(app.disk.look(app.shelves.main, AbortSignal.timeout(30_000)));
    expect(first?.pending).toEqual(['images', 'cache', 'containers', 'registry']);
    expect(first?.items.length).toBeGreaterThan(0);
    expect(rest.at(-1)).toMatchObject({ pending: [], unknown: [], containers: 0, registry: 0 });
    // the list itself may still be adding up
    await expect.poll(async () => (await lookAt()).images === app.images.list?.disk?.used).toBe(true);
  });

  test('how each image comes back is said as far as it is known', async () => {
    expect((await imageNamed('it-disk/built:1')).comesBack).toMatchObject({ how: 'build', folder: folder.path.split('/').pop() });
    expect((await imageNamed('it-disk/only:1')).comesBack).toMatchObject({ how: 'unknown' });
    const { id } = await imageNamed(pulled);
    await app.disk.confirm(app.shelves.main, [id], undefined);
    expect((await imageNamed(pulled)).comesBack).toMatchObject({ how: 'registry', registry: registry.address, isSure: true });
  });

  test('an image that a container uses stays, and so does a container that runs', async () => {
    // Podman 4 asks for more open files and processes than a machine may allow
    const name = (await docker(['run', '--detach', '--ulimit', 'nofile=64:64', '--ulimit', 'nproc=64:64', base, 'sleep', '600'])).trim();
    await app.until(() => (listed(base)?.usedBy.length ?? 0) > 0);
    const { items } = await lookAt();
    expect(items.find((item) => item.kind === 'image' && item.references.includes(ownName(base)))).toMatchObject({ stays: 'in-use' });
    expect(items.find((item) => item.key === `container ${name}`)).toMatchObject({ stays: 'runs', image: expect.stringContaining('base') });
    await docker(['rm', '--force', name]);
    await app.until(() => listed(base)?.usedBy.length === 0);
  });
});

describe('what goes', () => {
  test('so many bytes are freed by what can be had again, and by nothing else', async () => {
    await imageNamed('it-disk/only:1');
    const { items } = await lookAt();
    const chosen = (keys: string[]) => items.filter(({ key }) => keys.includes(key));
    const some = await app.disk.propose(app.shelves.main, 350_000);
    expect(some.isEnough).toBe(true);
    expect(some.freed?.bytes).toBeGreaterThanOrEqual(350_000);
    const isOnly = (item: CleanUpItem) => item.kind === 'image' && item.comesBack.how === 'unknown';
    expect(chosen(some.keys).filter(isOnly)).toEqual([]);
    const all = await app.disk.propose(app.shelves.main, 10 ** 15);
    expect(all.isEnough).toBe(false);
    expect(chosen(all.keys).filter(isOnly)).toEqual([]);
    expect(all.keys.length).toBeGreaterThanOrEqual(some.keys.length);
    expect(all.freed).toEqual(await app.disk.forecast(app.shelves.main, choiceOf(chosen(all.keys))));
  });

  test('it is just what was chosen, and only what nothing uses by then', async () => {
    const names = ['it-disk/used:1', 'it-disk/renamed:1', 'it-disk/goes:1'];
    for (const [at, name] of names.entries()) await makeRandomImage(host, name, 100_000 + at);
    const images = await Promise.all(names.map(imageNamed));
    const stopped = (await docker(['create', images[2]?.id ?? '', 'x'])).trim();
    // all of this comes after the person saw the list
    const user = (await docker(['create', images[0]?.id ?? '', 'x'])).trim();
    await docker(['tag', names[1] ?? '', 'it-disk/other-name:1']);
    await makeRandomImage(host, 'it-disk/newcomer:1', 1000);

    const result = await cleanUp({ images: images.map(({ id, references }) => ({ id, references })), containers: [stopped] });
    expect(result.gone).toMatchObject({
      images: [{ references: [ownName('it-disk/goes:1')], comesBack: { how: 'unknown' } }],
      containers: 1,
    });
    expect(result.freed?.bytes).toBeGreaterThanOrEqual(100_002);
    expect(result.kept.map(({ what }) => what)).toEqual(names.slice(0, 2).map(ownName));
    expect(result.kept[0]?.why).toBe('A container uses this image');
    expect(result.kept[1]?.why).toBe(`It is called ${ownName('it-disk/other-name:1')} by now`);
    await app.until(() => listed('it-disk/goes:1') === undefined && listed('it-disk/newcomer:1') !== undefined);
    expect([listed('it-disk/used:1'), listed('it-disk/renamed:1'), listed('it-disk/newcomer:1')]).not.toContain(undefined);
    await docker(['rm', user]);
  });

  test.runIf(traits.hasBuildKit)('parts of the build cache go, and what is freed is what was said', async () => {
    const { items } = await lookAt();
    const cache = items.filter(({ kind }) => kind === 'cache');
    expect(cache.map((item) => item.kind === 'cache' && item.group)).toContain('steps');
    const choice = choiceOf(cache);
    const told = await app.disk.forecast(app.shelves.main, choice);
    const result = await cleanUp(choice);
    expect(result.gone.records).toBe(choice.records.length);
    expect(result.freed).toEqual(told);
    expect((await lookAt()).items.filter(({ kind }) => kind === 'cache')).toEqual([]);
    const { gone, kept } = await cleanUp(choice);
    expect([gone.records, kept.length]).toEqual([0, 1]);
  });

  test('an image that is gone comes back from its registry, with the names that nothing else has by now', async () => {
    await docker(['tag', pulled, 'it-disk/second-name:1']);
    await app.until(() => listed('it-disk/second-name:1') !== undefined);
    const { id, references } = await imageNamed(pulled);
    await app.disk.confirm(app.shelves.main, [id], undefined);
    const { gone } = await cleanUp({ images: [{ id, references }] });
    const [image] = gone.images;
    if (image?.comesBack.how !== 'registry') throw new Error('it does not come back');
    await makeRandomImage(host, 'it-disk/second-name:1', 1000);
    const task = await app.run({ kind: 'bring-back', digest: image.comesBack.digests[0] ?? '', references: image.references });
    expect(task).toMatchObject({
      state: 'succeeded',
      result: { references: [ownName(pulled)], taken: [ownName('it-disk/second-name:1')] },
    });
    await app.until(() => listed(pulled)?.id === id);
  });
});
