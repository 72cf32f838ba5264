import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TaskRequest } from '../../../contract/task.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// an engine of its own: it is killed again and again
// an engine named from outside is not ours to kill
const own = test.skipIf(process.env.LAYERDECK_TEST_ENGINE !== undefined);
let engine: Engine;
let app: TestApp;
beforeAll(async () => {
  engine = await startEngine();
  await Promise.all([engine.makeBaseImage(), engine.makeRegistryImage()]);
  app = new TestApp(engine.host);
});
beforeEach(() => app.connected());
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await engine.stop();
});

/** Kills the engine, checks that this is noticed in time and that the task ends with an explanation, and restarts the engine. */
async function killAndReturn(task: string): Promise<void> {
  await engine.kill();
  await app.until(() => app.connection.state.state === 'missing');
  expect(app.images.list).toBeUndefined();
  const { state, failure } = await app.ended(task);
  expect(state).toBe('failed');
  expect(failure).toMatchObject({ kind: 'engine-lost', hint: expect.stringContaining('Start the engine again') });
  await engine.restart();
  await app.connected();
  await app.until(() => app.images.list !== undefined);
}

own('killed in the middle of a build; the next build works', async () => {
  for (const builder of ['automatic', 'classic'] as const) {
    app.builder = builder;
    using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nRUN sleep 100\n' });
    const order = {
      kind: 'build' as const,
      folder: app.readable(folder.path),
      dockerfile: 'Dockerfile',
      references: ['it-lost:1'],
    } satisfies TaskRequest;
    const id = app.tasks.start(order);
    await app.until(
      () =>
        app.tasks.task(id).progress.build?.steps.some(({ instruction, state }) => /sleep/.test(instruction) && state === 'running') ??
        false,
    );
    await killAndReturn(id);
    folder.write('Dockerfile', 'FROM layerdeck/base:1\nRUN echo back\n');
    expect((await app.run(order)).state).toBe('succeeded');
  }
});

own('killed in the middle of a save; no file stays', async () => {
  using folder = new WorkFolder();
  await makeRandomImage(engine.host, 'it-lost-save:1', 400_000_000);
  const id = app.tasks.start({ kind: 'save', references: ['it-lost-save:1'], target: app.writable(folder.file('x.tar')) });
  await app.until(() => (app.tasks.task(id).progress.bytes?.done ?? 0) > 1_000_000);
  await killAndReturn(id);
  expect(readdirSync(folder.path)).toEqual([]);
});

own('killed in the middle of a pull', async () => {
  await using registry = await runRegistry();
  using slow = await registry.slowDoor(300_000);
  const reference = `${registry.address}/it-lost:1`;
  await makeRandomImage(engine.host, reference, 5_000_000);
  expect((await app.run({ kind: 'push', references: [reference], to: 'own-registry' })).state).toBe('succeeded');
  await engine.docker(['rmi', reference]);
  const id = app.tasks.start({ kind: 'pull', reference: `${slow.address}/it-lost:1` });
  await app.until(() => (app.tasks.task(id).progress.bytes?.done ?? 0) > 100_000);
  await killAndReturn(id);
});

own('that hangs in the middle of a build is noticed, and found again once it goes on', async () => {
  app.builder = 'automatic';
  using folder = new WorkFolder({ Dockerfile: 'FROM layerdeck/base:1\nRUN sleep 100\n' });
  const id = app.tasks.start({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-hung:1'] });
  await app.until(() => app.tasks.task(id).progress.build?.steps.some(({ state }) => state === 'running') ?? false);
  engine.pause();
  try {
    // it is asked every few seconds, and may take ten
    await app.until(() => app.connection.state.state === 'missing', 50_000);
  } finally {
    engine.goOn();
  }
  await app.connected();
  await app.until(() => app.images.list !== undefined);
  app.tasks.cancel(id);
  expect(['cancelled', 'failed']).toContain((await app.ended(id)).state);
  folder.write('Dockerfile', 'FROM layerdeck/base:1\nRUN echo back\n');
  const again = await app.run({ kind: 'build', folder: app.readable(folder.path), dockerfile: 'Dockerfile', references: ['it-hung:1'] });
  expect(again, JSON.stringify(again.failure)).toMatchObject({ state: 'succeeded' });
});
