import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hexOf } from '../../../tools/fuzz/make-tarball.ts';
import { host, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const start = () => startApp(host);

const idOf = async (app: TestApp, reference: string) => (await app.connection.engine.docker.getImage(reference).inspect()).Id;

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

test('a link in place of the new file is refused before the engine is asked, and stays', async () => {
  await using app = await start();
  using folder = new WorkFolder({ 'real.tar': 'old' });
  symlinkSync('real.tar', folder.file('x.tar'));
  symlinkSync('nowhere', folder.file('dangling.tar'));
  for (const name of ['x.tar', 'dangling.tar']) {
    // a missing image: if the engine were asked, it would say so
    const saved = await app.run({ kind: 'save', references: ['it-not-there:1'], target: app.writable(folder.file(name)) });
    expect(saved).toMatchObject({ state: 'failed', failure: { kind: 'invalid-input', title: `${name} is a link to another place` } });
  }
  expect([readlinkSync(folder.file('x.tar')), readFileSync(folder.file('real.tar'), 'utf8')]).toEqual(['real.tar', 'old']);
});

test('the file that is being loaded is not saved over, whatever its name', async () => {
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
    expect(saved).toMatchObject({ state: 'failed', failure: { kind: 'not-permitted', title: 'Your user isn’t allowed to do that there' } });
  } finally {
    execFileSync('umount', [folder.path]);
  }
});

test.skipIf(process.getuid?.() !== 0)('a disk that fills up in the middle of a save is named, and nothing half-written stays', async () => {
  await using app = await start();
  using folder = new WorkFolder();
  const disk = join(folder.path, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=5m', 'tmpfs', disk]);
  try {
    await makeRandomImage(host, 'it-full:1', 20_000_000);
    const save = (name: string) => app.run({ kind: 'save', references: ['it-full:1'], target: app.writable(join(disk, name)) });
    // how well it compresses is not known beforehand
    const full = await save('x.tar.gz');
    expect(full).toMatchObject({ state: 'failed', failure: { kind: 'no-space', title: 'The disk is full' } });
    const refused = await save('x.tar');
    const detail = traits.tellsSizeOfFile
      ? 'The file needs at least 20 MB, but only 5.2 MB are free. Nothing was written.'
      : 'The file didn’t fit where you wanted it. No incomplete file was kept.';
    expect(refused).toMatchObject({ state: 'failed', failure: { kind: 'no-space', detail } });
    if (traits.tellsSizeOfFile) expect(refused.progress.phase).toBe('engine-prepares');
    expect(readdirSync(disk)).toEqual([]);
  } finally {
    execFileSync('umount', [disk]);
  }
});
