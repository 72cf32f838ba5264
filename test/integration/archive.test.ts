import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { previewArchive } from '../../main/formats/image-archive/preview-archive.ts';
import { hexOf, tarball } from '../../tools/fuzz/make-tarball.ts';
import { ociArchive, rootArchive } from '../../tools/fuzz/sample-archives.ts';
import { TestApp } from '../support/make-app.ts';
import { makeRandomImage } from '../support/random-image.ts';
import { WorkFolder } from '../support/work-folder.ts';
import { host } from './own-engine.ts';

async function start(): Promise<TestApp> {
  const app = new TestApp(host);
  await app.connected();
  return app;
}

const idOf = async (app: TestApp, reference: string) => (await app.connection.engine.docker.getImage(reference).inspect()).Id;

describe.each(['plain.tar', 'packed.tar.gz', 'packed.tar.zst'])('%s', (name) => {
  test('is saved, and brings the same image back', async () => {
    await using app = await start();
    using folder = new WorkFolder();
    await makeRandomImage(host, 'it-save:1', 2_000_000);
    const id = await idOf(app, 'it-save:1');
    const saved = await app.run({ kind: 'save', references: ['it-save:1'], target: app.writable(folder.file(name)) });
    expect(saved).toMatchObject({ state: 'succeeded', result: { kind: 'save', name, bytes: statSync(folder.file(name)).size } });
    expect(readdirSync(folder.path)).toEqual([name]);
    await app.run({ kind: 'remove', images: [id] });
    const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file(name)) });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { kind: 'load', loaded: ['it-save:1'] } });
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
  expect(loaded).toMatchObject({ state: 'succeeded', result: { kind: 'load', loaded: ['it-xz:1'] } });
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
    const keptBack = ['it-kept:1', 'it-elsewhere:1'];
    const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file(name)), keptBack });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { loaded: ['it-kept:2'], keptBack: ['it-kept:1'] } });
    expect([await idOf(app, 'it-kept:1'), await idOf(app, 'it-kept:2')]).toEqual([newer, old]);
  });

  test('an image whose every name is kept back is there without one', async () => {
    await using app = await start();
    using folder = new WorkFolder();
    await makeRandomImage(host, 'it-nameless:1', 20_000);
    const old = await idOf(app, 'it-nameless:1');
    await app.run({ kind: 'save', references: ['it-nameless:1'], target: app.writable(folder.file(name)) });
    await app.run({ kind: 'remove', images: [old] });
    const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file(name)), keptBack: ['it-nameless:1'] });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { loaded: [old], keptBack: ['it-nameless:1'] } });
    await expect(idOf(app, 'it-nameless:1')).rejects.toThrow();
    expect(await idOf(app, old)).toBe(old);
  });
});

test('an OCI layout is loaded also where the engine reads docker’s list only', async () => {
  await using app = await start();
  using folder = new WorkFolder({ 'oci.tar': ociArchive(), 'oci.tar.gz': gzipSync(ociArchive()) });
  const preview = (await Array.fromAsync(previewArchive(folder.file('oci.tar')))).at(-1);
  const ids = preview?.kind === 'preview' && preview.preview.kind === 'images' ? preview.preview.images.map((image) => image.ids[0]) : [];
  for (const name of ['oci.tar', 'oci.tar.gz']) {
    const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file(name)) });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { keptBack: [] } });
    // of the two platforms, the one that can run here
    expect([await idOf(app, 'multi:1'), await idOf(app, 'ghcr.io/a/other:2')]).toEqual([ids[0], ids[2]]);
    await expect(idOf(app, ids[1] ?? '')).rejects.toThrow();
    await app.run({ kind: 'remove', images: [ids[0] ?? '', ids[2] ?? ''] });
    const kept = await app.run({ kind: 'load', archive: app.readable(folder.file(name)), keptBack: ['multi:1'] });
    expect(kept).toMatchObject({ state: 'succeeded', result: { keptBack: ['multi:1'] } });
    expect(await idOf(app, 'ghcr.io/a/other:2')).toBe(ids[2]);
    await expect(idOf(app, 'multi:1')).rejects.toThrow();
    await app.run({ kind: 'remove', images: [ids[0] ?? '', ids[2] ?? ''] });
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

  test('without a command there is none; a broken one is said before anything is sent', async () => {
    await using app = await start();
    using folder = new WorkFolder({ root: rootArchive() });
    expect(await run(app, folder.file('root'), 'echo "')).toMatchObject({ state: 'failed', failure: { kind: 'invalid-input' } });
    await run(app, folder.file('root'));
    const { Config, Id } = await app.connection.engine.docker.getImage('it-import:latest').inspect();
    expect(Config.Cmd).toBeNull();
    await app.run({ kind: 'remove', images: [Id] });
  });

  test('damaged and wrong files fail in words', async () => {
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

test.each(['x.tar', 'x.tar.gz'])('a checksum of %s is written beside it, as sha256sum reads it', async (name) => {
  await using app = await start();
  using folder = new WorkFolder();
  await makeRandomImage(host, 'it-sum:1', 2_000_000);
  const saved = await app.run({ kind: 'save', references: ['it-sum:1'], target: app.writable(folder.file(name)), checksum: true });
  expect(saved).toMatchObject({ state: 'succeeded', result: { sha256: hexOf(readFileSync(folder.file(name))) } });
  expect(execFileSync('sha256sum', ['--check', `${name}.sha256`], { cwd: folder.path, encoding: 'utf8' })).toBe(`${name}: OK\n`);
  expect(readdirSync(folder.path).toSorted()).toEqual([name, `${name}.sha256`]);
});

test('a save is cancelled early and late, and leaves no file', async () => {
  await using app = await start();
  using folder = new WorkFolder();
  await makeRandomImage(host, 'it-big:1', 300_000_000);
  for (const late of [false, true]) {
    const id = app.tasks.start({ kind: 'save', references: ['it-big:1'], target: app.writable(folder.file('x.tar')) });
    if (late) await app.until(() => (app.tasks.task(id).progress.bytes?.done ?? 0) > 1_000_000);
    app.tasks.cancel(id);
    expect((await app.ended(id)).state).toBe('cancelled');
    expect(readdirSync(folder.path)).toEqual([]);
  }
});

test('a load is cancelled in the middle', async () => {
  await using app = await start();
  using folder = new WorkFolder();
  await makeRandomImage(host, 'it-big-load:1', 300_000_000);
  await app.run({ kind: 'save', references: ['it-big-load:1'], target: app.writable(folder.file('x.tar')) });
  await app.run({ kind: 'remove', images: [await idOf(app, 'it-big-load:1')] });
  const id = app.tasks.start({ kind: 'load', archive: app.readable(folder.file('x.tar')) });
  await app.until(() => (app.tasks.task(id).progress.bytes?.done ?? 0) > 1_000_000);
  app.tasks.cancel(id);
  expect((await app.ended(id)).state).toBe('cancelled');
  await expect(idOf(app, 'it-big-load:1')).rejects.toThrow();
});

test('a file that was there before is only replaced by a whole one', async () => {
  await using app = await start();
  using folder = new WorkFolder({ 'x.tar': 'old' });
  const failed = await app.run({ kind: 'save', references: ['it-not-there:1'], target: app.writable(folder.file('x.tar')) });
  expect(failed).toMatchObject({ state: 'failed', failure: { kind: 'not-found' } });
  expect(readFileSync(folder.file('x.tar'), 'utf8')).toBe('old');
  expect(readdirSync(folder.path)).toEqual(['x.tar']);
});

test('a link in the place of the new file is refused before the engine is asked, and stays', async () => {
  await using app = await start();
  using folder = new WorkFolder({ 'real.tar': 'old' });
  symlinkSync('real.tar', folder.file('x.tar'));
  symlinkSync('nowhere', folder.file('dangling.tar'));
  for (const name of ['x.tar', 'dangling.tar']) {
    // an image that is not there: an engine that was asked would say so
    const saved = await app.run({ kind: 'save', references: ['it-not-there:1'], target: app.writable(folder.file(name)) });
    expect(saved).toMatchObject({ state: 'failed', failure: { kind: 'invalid-input', title: `${name} is a link to another place` } });
  }
  expect([readlinkSync(folder.file('x.tar')), readFileSync(folder.file('real.tar'), 'utf8')]).toEqual(['real.tar', 'old']);
});

test('the file that is being loaded is not saved over, by whichever name', async () => {
  await using app = await start();
  using folder = new WorkFolder();
  await makeRandomImage(host, 'it-in-use:1', 300_000_000);
  const save = (name: string) => app.run({ kind: 'save', references: ['it-in-use:1'], target: app.writable(folder.file(name)) });
  await save('x.tar');
  linkSync(folder.file('x.tar'), folder.file('same.tar'));
  const id = app.tasks.start({ kind: 'load', archive: app.readable(folder.file('x.tar')) });
  await app.until(() => (app.tasks.task(id).progress.bytes?.done ?? 0) > 1_000_000);
  for (const name of ['x.tar', 'same.tar']) {
    expect(await save(name)).toMatchObject({ state: 'failed', failure: { kind: 'in-use', title: `${name} is being read` } });
  }
  app.tasks.cancel(id);
  await app.ended(id);
  expect(await save('x.tar')).toMatchObject({ state: 'succeeded' });
});

test.skipIf(process.getuid?.() !== 0)('a folder that may not be written to is named before the engine is asked', async () => {
  await using app = await start();
  using folder = new WorkFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder.path]);
  try {
    const target = app.writable(folder.file('x.tar'));
    const saved = await app.run({ kind: 'save', references: ['it-not-there:1'], target });
    expect(saved).toMatchObject({ state: 'failed', failure: { kind: 'not-permitted', title: 'Your user may not do that there' } });
  } finally {
    execFileSync('umount', [folder.path]);
  }
});

test.skipIf(process.getuid?.() !== 0)('a disk that is full in the middle of a save is named, and nothing half-written stays', async () => {
  await using app = await start();
  using folder = new WorkFolder();
  const disk = join(folder.path, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=5m', 'tmpfs', disk]);
  try {
    await makeRandomImage(host, 'it-full:1', 20_000_000);
    const save = (name: string) => app.run({ kind: 'save', references: ['it-full:1'], target: app.writable(join(disk, name)) });
    // how far it packs is not known before
    const full = await save('x.tar.gz');
    expect(full).toMatchObject({ state: 'failed', failure: { kind: 'no-space', title: 'The disk is full' } });
    const refused = await save('x.tar');
    const detail = 'The file needs at least 20 MB, and only 5.2 MB are free there. Nothing was written.';
    expect(refused).toMatchObject({ state: 'failed', failure: { kind: 'no-space', detail } });
    expect(refused.progress.phase).toBe('engine-prepares');
    expect(readdirSync(disk)).toEqual([]);
  } finally {
    execFileSync('umount', [disk]);
  }
});
