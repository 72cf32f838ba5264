import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { TestApp } from '../support/make-app.ts';
import { makeRandomImage } from '../support/random-image.ts';
import { WorkFolder } from '../support/work-folder.ts';

const host = inject('host');

async function start(): Promise<TestApp> {
  const app = new TestApp(host);
  await app.connected();
  return app;
}

const idOf = async (app: TestApp, reference: string) => (await app.connection.engine.docker.getImage(reference).inspect()).Id;

describe.each(['plain.tar', 'packed.tar.gz', 'packed.tar.zst'])('%s', (name) => {
  test('is saved, and where the engine can unpack it, brings the same image back', async () => {
    await using app = await start();
    using folder = new WorkFolder();
    await makeRandomImage(host, 'it-save:1', 2_000_000);
    const id = await idOf(app, 'it-save:1');
    const saved = await app.run({ kind: 'save', references: ['it-save:1'], target: app.writable(folder.file(name)) });
    expect(saved).toMatchObject({ state: 'succeeded', result: { kind: 'save', name, bytes: statSync(folder.file(name)).size } });
    expect(readdirSync(folder.path)).toEqual([name]);
    if (name.endsWith('.zst')) return; // Docker 20.10 cannot
    await app.run({ kind: 'remove', images: [id] });
    const loaded = await app.run({ kind: 'load', archive: app.readable(folder.file(name)) });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { kind: 'load', loaded: ['it-save:1'] } });
    expect(await idOf(app, 'it-save:1')).toBe(id);
  });
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

test.skipIf(process.getuid?.() !== 0)('a disk that is full in the middle of a save is named, and nothing half-written stays', async () => {
  await using app = await start();
  using folder = new WorkFolder();
  const disk = join(folder.path, 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=5m', 'tmpfs', disk]);
  try {
    await makeRandomImage(host, 'it-full:1', 20_000_000);
    const task = await app.run({ kind: 'save', references: ['it-full:1'], target: app.writable(join(disk, 'x.tar')) });
    expect(task).toMatchObject({ state: 'failed', failure: { kind: 'no-space' } });
    expect(readdirSync(disk)).toEqual([]);
  } finally {
    execFileSync('umount', [disk]);
  }
});

describe('damaged archives', () => {
  const damages: Record<string, (path: string) => void> = {
    truncated: (path) => truncateSync(path, Math.floor(statSync(path).size * 0.6)),
    garbage: (path) => {
      const file = openSync(path, 'r+');
      writeSync(file, Buffer.alloc(600_000, 0xa5), 0, 600_000, 0);
      closeSync(file);
    },
    'bit-flipped': (path) => {
      const place = Math.floor(statSync(path).size / 2);
      const file = openSync(path, 'r+');
      writeSync(file, Buffer.from([readFileSync(path)[place] ?? 0 ^ 1, 0x5a, 0xa5]), 0, 3, place);
      closeSync(file);
    },
  };
  test.each(Object.keys(damages))('%s', async (damage) => {
    await using app = await start();
    using folder = new WorkFolder();
    const reference = `it-${damage}:1`;
    await makeRandomImage(host, reference, 2_000_000);
    await app.run({ kind: 'save', references: [reference], target: app.writable(folder.file('x.tar')) });
    await app.run({ kind: 'remove', images: [await idOf(app, reference)] });
    damages[damage]?.(folder.file('x.tar'));
    const task = await app.run({ kind: 'load', archive: app.readable(folder.file('x.tar')) });
    expect(task).toMatchObject({ state: 'failed', failure: { kind: 'bad-archive' } });
    await expect(idOf(app, reference)).rejects.toThrow();
  });
});
