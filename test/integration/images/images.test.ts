import { expect, test } from 'vitest';
import { readImageDetails } from '../../../main/features/images/image-details.ts';
import { LayerIndex } from '../../../main/features/images/layer-index.ts';
import { previewRemoval } from '../../../main/features/images/preview-removal.ts';
import { base, host, ownName } from '../../support/engines/own-engine.ts';
import { startFaultyDoor } from '../../support/faulty-door.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const start = () => startApp(host);

const find = (app: TestApp, reference: string) => app.images.list?.images.find(({ references }) => references.includes(ownName(reference)));

test('what another program makes and removes shows by itself', async () => {
  await using app = await start();
  await app.until(() => app.images.list !== undefined);
  await makeRandomImage(host, 'it-foreign:1', 1000);
  await app.until(() => find(app, 'it-foreign:1') !== undefined);
  await app.connection.engine.docker.getImage('it-foreign:1').remove();
  await app.until(() => find(app, 'it-foreign:1') === undefined);
});

test('one row for each image with all its names; own and shared bytes; what a removal really frees', async () => {
  await using app = await start();
  using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN dd if=/dev/urandom of=/r bs=1000 count=2000\nENV A=b\n` });
  await app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-own:1', 'it-own:2'] });
  // the engine gives the names one after the other
  await app.until(() => find(app, 'it-own:2')?.ownSize !== undefined && find(app, base)?.ownSize !== undefined);
  const image = find(app, 'it-own:2');
  if (!image) throw new Error('not listed');
  expect(image.references).toEqual(['it-own:1', 'it-own:2'].map(ownName));
  expect(image.ownSize).toBeGreaterThanOrEqual(2_000_000);
  expect(image.ownSize).toBeLessThan(image.size);

  const { layers, platform } = await readImageDetails(app.connection.engine, new LayerIndex(), app.images.list, image.id);
  expect(platform).toMatch(/^linux\//);
  expect(layers.map(({ instruction, hasLayer }) => [instruction.split(' ')[0], hasLayer]).slice(0, 2)).toEqual([
    ['ENV', false],
    ['RUN', true],
  ]);
  expect(layers.at(-1)?.sharedWith).toBeGreaterThan(0);

  const preview = await previewRemoval(app.connection.engine, new LayerIndex(), app.images.list, [image.id]);
  expect(preview.images[0]?.references).toEqual(['it-own:1', 'it-own:2'].map(ownName));
  const { bytes = 0, inCache = 0 } = preview.freed ?? {};
  expect(bytes + inCache).toBe(image.ownSize);
});

test('tag, take a tag that another image has, untag, and never the last name', async () => {
  await using app = await start();
  await makeRandomImage(host, 'it-tag:a', 1000);
  await makeRandomImage(host, 'it-tag:b', 1000);
  const id = async (reference: string) => (await app.connection.engine.docker.getImage(reference).inspect()).Id;
  const b = await id('it-tag:b');
  await app.run({ kind: 'tag', image: b, reference: 'it-tag:a2' });
  expect(await id('it-tag:a2')).toBe(b);
  await app.run({ kind: 'tag', image: b, reference: 'it-tag:a' });
  expect(await id('it-tag:a')).toBe(b);
  expect((await app.run({ kind: 'untag', reference: 'it-tag:a2' })).state).toBe('succeeded');
  await app.run({ kind: 'untag', reference: 'it-tag:a' });
  expect(await app.run({ kind: 'untag', reference: 'it-tag:b' })).toMatchObject({ state: 'failed', failure: { kind: 'in-use' } });
  expect(await id('it-tag:b')).toBe(b);
});

test('an image that a container uses keeps all its names', async () => {
  await using app = await start();
  const { docker } = app.connection.engine;
  await makeRandomImage(host, 'it-used:1', 1000);
  const image = docker.getImage('it-used:1');
  await image.tag({ repo: 'it-used', tag: '2' });
  const container = await docker.createContainer({ Image: 'it-used:1', Cmd: ['x'], name: 'it-user' });
  try {
    await app.until(() => find(app, 'it-used:1')?.usedBy.includes('it-user') ?? false);
    const { Id } = await image.inspect();
    const task = await app.run({ kind: 'remove', images: [Id] });
    expect(task).toMatchObject({ state: 'failed', failure: { kind: 'in-use', detail: expect.stringContaining('it-user') } });
    expect((await image.inspect()).RepoTags.sort()).toEqual(['it-used:1', 'it-used:2'].map(ownName));

    // removed together with another image, only this one stays, and nothing claims that nothing was removed
    await makeRandomImage(host, 'it-unused:1', 1000);
    const { Id: unused } = await docker.getImage('it-unused:1').inspect();
    const both = await app.run({ kind: 'remove', images: [Id, unused] });
    expect(both).toMatchObject({ state: 'failed', failure: { kind: 'in-use', title: '1 of 2 images couldn’t be removed' } });
    expect(both.failure?.detail).not.toContain('Nothing was removed');
    await expect(docker.getImage(unused).inspect()).rejects.toThrow();
  } finally {
    await container.remove({ force: true });
  }
});

test('a new name and a removal show before the engine has listed all images again', async () => {
  let isSlow = false;
  // the whole list is the one that asks for no name
  using door = await startFaultyDoor({ socketPath: host.replace('unix://', '') }, ({ method, url = '' }) =>
    isSlow && method === 'GET' && /\/images\/json(?!.*reference)/.test(url) ? { status: 500 } : undefined,
  );
  await using app = await startApp(`tcp://${door.address}`);
  const { docker } = app.connection.engine;
  await makeRandomImage(host, 'it-soon:a', 1000);
  await makeRandomImage(host, 'it-soon:b', 1000);
  await app.until(() => find(app, 'it-soon:a') !== undefined && find(app, 'it-soon:b') !== undefined);
  isSlow = true;
  const own = (name: string) => find(app, `it-soon:${name}`)?.id;
  const [a, b] = [own('a'), own('b')];
  await docker.getImage('it-soon:a').tag({ repo: 'it-soon', tag: 'a2' });
  await app.until(() => own('a2') === a);
  // a name that moves leaves the image that had it
  await docker.getImage('it-soon:b').tag({ repo: 'it-soon', tag: 'a2' });
  await app.until(() => own('a2') === b);
  expect(find(app, 'it-soon:a')?.references).toEqual([ownName('it-soon:a')]);
  await makeRandomImage(host, 'it-soon:c', 1000);
  await app.until(() => own('c') !== undefined);
  expect(find(app, 'it-soon:c')).toMatchObject({ references: [ownName('it-soon:c')], usedBy: [] });
  for (const name of ['a', 'b', 'c', 'a2']) await docker.getImage(`it-soon:${name}`).remove();
  await app.until(() => !app.images.list?.images.some(({ id }) => id === a || id === b));
});
