import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { BuildStep } from '../../../contract/build.ts';
import type { TaskRequest } from '../../../contract/task.ts';
import { base, builderChoices, host, registry, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { startSlowProxy } from '../../support/slow-proxy.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const order = (app: TestApp, folder: WorkFolder): TaskRequest => ({
  kind: 'build',
  folder: app.readable(folder.path),
  dockerfile: 'Dockerfile',
  references: ['it-cancelled:1'],
});

const stepsOf = (app: TestApp, id: string): BuildStep[] => app.tasks.task(id).progress.build?.steps ?? [];

/** Whether a process with these words in its command line runs anywhere on this computer. */
const runsHere = (words: string): boolean =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => commandOf(pid).includes(words));

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // ended in the meantime
  }
}

async function cancelAndExpectNothing(app: TestApp, id: string): Promise<void> {
  app.tasks.cancel(id);
  const ended = await app.ended(id);
  expect(ended.state).toBe('cancelled');
  expect(stepsOf(app, id).map(({ state }) => state)).not.toContain('running');
  await expect(app.connection.engine.docker.getImage('it-cancelled:1').inspect()).rejects.toThrow();
}

describe.each(builderChoices)('builder %s, cancelled', (builder) => {
  const start = () => startApp(host, { builder });

  test('while a large context is sent', async () => {
    await using app = await start();
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nCOPY . /c\n`, large: '' });
    truncateSync(folder.file('large'), 20_000_000_000); // takes no space here, and is too long to be sent before the cancel
    const id = app.tasks.start(order(app, folder));
    await app.until(() => {
      const { bytes, build } = app.tasks.task(id).progress;
      return [bytes, ...(build?.steps ?? []).map((step) => step.bytes)].some((one) => (one?.done ?? 0) > 5_000_000);
    });
    await cancelAndExpectNothing(app, id);
  });

  test('while the base image is being pulled', async () => {
    await using app = await start();
    const [name = '', port] = registry.split(':');
    using slow = await startSlowProxy({ host: name, port: Number(port) }, 400_000);
    const there = `${registry}/it-slow-base-${builder}:1`;
    await makeRandomImage(host, there, 4_000_000);
    expect((await app.run({ kind: 'push', references: [there], to: 'own-registry' })).state).toBe('succeeded');
    await app.connection.engine.docker.getImage(there).remove({ force: true });
    using folder = new WorkFolder({ Dockerfile: `FROM ${there.replace(registry, slow.address)}\nRUN true\n` });
    const id = app.tasks.start(order(app, folder));
    await expect.poll(slow.gotBytes).toBeGreaterThan(400_000);
    if (traits.countsBaseInBuild)
      await app.until(() => stepsOf(app, id).some(({ instruction, bytes }) => /FROM/.test(instruction) && (bytes?.done ?? 0) > 400_000));
    await cancelAndExpectNothing(app, id);
  });

  const mayLook = process.platform === 'linux' && !process.env.LAYERDECK_TEST_ENGINE;
  test.runIf(mayLook && traits.endsStepsAtOnce)('while a RUN runs, whose process is gone', async () => {
    await using app = await start();
    const words = `sleep ${100_000 + Math.floor(Math.random() * 100_000)}.5`;
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\nRUN ${words}\n` });
    const id = app.tasks.start(order(app, folder));
    await app.until(() => stepsOf(app, id).some(({ instruction, state }) => instruction.includes(words) && state === 'running'));
    await expect.poll(() => runsHere(words)).toBe(true);
    await cancelAndExpectNothing(app, id);
    await expect.poll(() => runsHere(words)).toBe(false);
  });
});
