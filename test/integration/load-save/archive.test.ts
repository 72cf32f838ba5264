import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { previewArchive } from '../../../main/foundation/image-archive/preview-archive.ts';
import { tarball } from '../../../tools/fuzz/make-tarball.ts';
import { dockerEntries, layer, ociArchive, rootArchive } from '../../../tools/fuzz/sample-archives.ts';
import { host, ownName, ownNameOfLoaded, traits } from '../../support/engines/own-engine.ts';
import { startFaultyDoor } from '../../support/faulty-door.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const start = () => startApp(host);

const idOf = async (app: TestApp, reference: string) => (await app.connection.engine.docker.getImage(reference).inspect()).Id;

describe.each(['plain.tar', 'packed.tar.gz', 'packed.tar.zst'])('%s', (name) => {
  test('is saved, and loads as the same image', async () => {
    await using app = await start();
    using folder = new WorkFolder();
    await makeRandomImage(host, 'it-save:1', 2_000_000);
    const id = await idOf(app, 'it-save:1');
    const saved = await app.run({ kind: 'save', references: ['it-save:1'], target: app.writable(folder.file(name)) });
    expect(saved).toMatchObject({ state: 'succeeded', result: { kind: 'save', name, bytes: statSync(folder.file(name)).size } });
    expect(readdirSync(folder.path)).toEqual([name]);
    await app.run({ kind: 'remove', images: [id] });
    const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file(name)) });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { kind: 'load', loaded: [ownName('it-save:1')] } });
    expect(await idOf(app, 'it-save:1')).toBe(id);
  });
});

test('a file packed with xz is loaded, and a save is the tarball that the docker command writes', async () => {
  await using app = await start();
  using folder = new WorkFolder();
  await makeRandomImage(host, 'it-xz:1', 2_000_000);
  const id = await idOf(app, 'it-xz:1');
  await app.run({ kind: 'save', references: ['it-xz:1'], target: app.writable(folder.file('x.tar')) });
  const theirs = await app.connection.engine.docker.getImage('it-xz:1').get();
  expect(statSync(folder.file('x.tar')).size).toBe((await buffer(theirs)).length);
  execFileSync('xz', ['-0', folder.file('x.tar')]);
  await app.run({ kind: 'remove', images: [id] });
  const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file('x.tar.xz')) });
  expect(loaded).toMatchObject({ state: 'succeeded', result: { kind: 'load', loaded: [ownName('it-xz:1')] } });
  expect(await idOf(app, 'it-xz:1')).toBe(id);
});

describe.each(['plain.tar', 'packed.tar.gz'])('names that are kept back from %s', (name) => {
  test('stay with the image that has them; the others are given', async () => {
    await using app = await start();
    using folder = new WorkFolder();
    const { docker } = app.connection.engine;
    await makeRandomImage(host, 'it-kept:1', 20_000);
    await docker.getImage('it-kept:1').tag({ repo: 'it-kept', tag: '2' });
    const old = await idOf(app, 'it-kept:1');
    await app.run({ kind: 'save', references: ['it-kept:1', 'it-kept:2'], target: app.writable(folder.file(name)) });
    await app.run({ kind: 'remove', images: [old] });
    await makeRandomImage(host, 'it-kept:1', 20_000);
    const newer = await idOf(app, 'it-kept:1');
    const keptBack = ['it-kept:1', 'it-elsewhere:1'].map(ownName);
    const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file(name)), keptBack });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { loaded: [ownName('it-kept:2')], keptBack: [ownName('it-kept:1')] } });
    expect([await idOf(app, 'it-kept:1'), await idOf(app, 'it-kept:2')]).toEqual([newer, old]);
  });

  test('an image whose names are all kept back is loaded without a name', async () => {
    await using app = await start();
    using folder = new WorkFolder();
    await makeRandomImage(host, 'it-nameless:1', 20_000);
    const old = await idOf(app, 'it-nameless:1');
    await app.run({ kind: 'save', references: ['it-nameless:1'], target: app.writable(folder.file(name)) });
    await app.run({ kind: 'remove', images: [old] });
    const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file(name)), keptBack: [ownName('it-nameless:1')] });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { loaded: [old], keptBack: [ownName('it-nameless:1')] } });
    await expect(idOf(app, 'it-nameless:1')).rejects.toThrow();
    expect(await idOf(app, old)).toBe(old);
  });
});

test('each image is listed once if the last of a file has no name', async () => {
  await using app = await start();
  const [named, nameless] = [layer(randomUUID()), layer(randomUUID())];
  using folder = new WorkFolder({
    'x.tar': tarball(
      ...dockerEntries([
        { layers: [named], tags: ['it-named:1'] },
        { layers: [nameless], tags: [] },
      ]),
    ),
  });
  const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file('x.tar')) });
  const ids = loaded.result?.kind === 'load' ? loaded.result.loaded : [];
  expect(ids).toEqual([ownNameOfLoaded('it-named:1'), expect.stringMatching(/^sha256:/)]);
  expect(ids[1]).not.toBe(await idOf(app, 'it-named:1'));
  await app.run({ kind: 'remove', images: await Promise.all(ids.map((name) => idOf(app, name))) });
});

test('a load that cannot be compared with what was shown is not a failure', async () => {
  using door = await startFaultyDoor({ socketPath: host.replace('unix://', '') }, ({ method, url }) =>
    method === 'GET' && /\/images\/.*it-uncompared.*\/json/.test(url ?? '') ? { status: 500 } : undefined,
  );
  await using app = await startApp(`tcp://${door.address}`);
  const bytes = tarball(...dockerEntries([{ layers: [layer(randomUUID())], tags: ['it-uncompared:1'] }]));
  using folder = new WorkFolder({ 'x.tar': bytes });
  const task = await app.run({ kind: 'load', archive: app.readable(folder.file('x.tar')) });
  expect(task).toMatchObject({ state: 'succeeded', result: { loaded: [ownNameOfLoaded('it-uncompared:1')], differences: 'unknown' } });
});

test('an OCI layout is loaded even if the engine reads only docker’s list', async () => {
  await using app = await start();
  using folder = new WorkFolder({ 'oci.tar': ociArchive(), 'oci.tar.gz': gzipSync(ociArchive()) });
  const preview = (await Array.fromAsync(previewArchive(folder.file('oci.tar')))).at(-1);
  const images = preview?.kind === 'preview' && preview.preview.kind === 'images' ? preview.preview.images : [];
  for (const name of ['oci.tar', 'oci.tar.gz']) {
    const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file(name)) });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { keptBack: [] } });
    const [multi, other] = [await idOf(app, 'multi:1'), await idOf(app, 'ghcr.io/a/other:2')];
    // the one of the two platforms that can run here; the containerd store has both, as one image
    expect([images[0]?.ids, images[2]?.ids]).toEqual([expect.arrayContaining([multi]), expect.arrayContaining([other])]);
    if (traits.namesImagesByManifest) expect(images[1]?.ids).toContain(multi);
    else await expect(idOf(app, images[1]?.ids[0] ?? '')).rejects.toThrow();
    await app.run({ kind: 'remove', images: [multi, other] });
    const kept = await app.run({ kind: 'load', archive: app.readable(folder.file(name)), keptBack: [ownName('multi:1')] });
    expect(kept).toMatchObject({ state: 'succeeded', result: { keptBack: [ownName('multi:1')] } });
    expect(await idOf(app, 'ghcr.io/a/other:2')).toBe(other);
    await expect(idOf(app, 'multi:1')).rejects.toThrow();
    await app.run({ kind: 'remove', images: [multi, other] });
  }
});

describe('import', () => {
  const run = (app: TestApp, path: string, command?: string) =>
    app.run({ kind: 'import', archive: app.readable(path), reference: 'it-import', command });

  test.each([
    ['plain', (bytes: Buffer) => bytes],
    ['zstd', zstdCompressSync],
  ] as const)('the files of a system become an image with its command: %s', async (_, pack) => {
    await using app = await start();
    using folder = new WorkFolder({ root: pack(rootArchive()) });
    const task = await run(app, folder.file('root'), '/bin/sh -c "echo a  b"');
    const id = await idOf(app, 'it-import:latest');
    expect(task).toMatchObject({ state: 'succeeded', title: 'Import root', result: { imageId: id, reference: 'it-import:latest' } });
    const { Config } = await app.connection.engine.docker.getImage(id).inspect();
    expect(Config.Cmd).toEqual(['/bin/sh', '-c', 'echo a  b']);
    await app.run({ kind: 'remove', images: [id] });
  });

  test('without a command the image has none; a broken command is reported before anything is sent', async () => {
    await using app = await start();
    using folder = new WorkFolder({ root: rootArchive() });
    expect(await run(app, folder.file('root'), 'echo "')).toMatchObject({ state: 'failed', failure: { kind: 'invalid-input' } });
    await run(app, folder.file('root'));
    const { Config, Id } = await app.connection.engine.docker.getImage('it-import:latest').inspect();
    // engines say so with null, or leave it out
    expect(Config.Cmd ?? null).toBeNull();
    await app.run({ kind: 'remove', images: [Id] });
  });

  test('damaged and wrong files fail with an explanation', async () => {
    await using app = await start();
    const whole = rootArchive();
    using folder = new WorkFolder({ text: 'hello', cut: whole.subarray(0, 2060), between: whole.subarray(0, -1024) });
    for (const name of ['text', 'cut', 'between']) {
      expect(await run(app, folder.file(name))).toMatchObject({ state: 'failed', failure: { kind: 'bad-archive' } });
      await expect(idOf(app, 'it-import:latest')).rejects.toThrow();
    }
  });

  test('is cancelled in the middle', async () => {
    await using app = await start();
    using folder = new WorkFolder();
    writeFileSync(folder.file('big'), tarball({ name: 'etc/big', body: randomBytes(300_000_000) }));
    const id = app.tasks.start({ kind: 'import', archive: app.readable(folder.file('big')), reference: 'it-big-import' });
    await app.until(() => (app.tasks.task(id).progress.bytes?.done ?? 0) > 1_000_000);
    app.tasks.cancel(id);
    expect((await app.ended(id)).state).toBe('cancelled');
    await expect(idOf(app, 'it-big-import:latest')).rejects.toThrow();
  });
});
