import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import type { TaskRequest } from '../../../contract/task.ts';
import { findStarters } from '../../../main/features/engines/starters.ts';
import { installMissing } from '../../../tools/engine/install-missing.ts';
import { runCommand } from '../../../tools/engine/run-command.ts';
import { TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const folder = new WorkFolder();
afterEach(() => folder[Symbol.dispose]());

/** A program of that name, first on the PATH, that does what a shell is told. */
function program(name: string, script: string): void {
  chmodSync(folder.write(`bin/${name}`, `#!/bin/sh\n${script}\n`), 0o755);
}

const pidOf = (): string => (existsSync(folder.file('pid')) ? readFileSync(folder.file('pid'), 'utf8') : '');

const machine = () => ({
  platform: 'linux' as const,
  home: folder.path,
  env: { PATH: `${folder.file('bin')}${delimiter}${process.env.PATH}`, XDG_RUNTIME_DIR: folder.file('run') },
});

function appHere(): TestApp {
  const app = new TestApp('', { machine: machine() });
  onTestFinished(() => app[Symbol.asyncDispose]());
  return app;
}

const start = (starter: Extract<TaskRequest, { kind: 'start-engine' }>['starter']) => ({ kind: 'start-engine', starter }) as const;

test('Podman is started where no systemd does it, is connected to, and goes on without Layerdeck', async () => {
  installMissing(['podman']);
  // its own storage, in place of this user's
  folder.write('storage.conf', `[storage]\ndriver = "vfs"\nrunroot = "${folder.file('runroot')}"\ngraphroot = "${folder.file('graph')}"\n`);
  program('podman', `CONTAINERS_STORAGE_CONF=${folder.file('storage.conf')} exec /usr/bin/podman "$@"`);
  const socket = folder.file('run/podman/podman.sock');
  try {
    const app = appHere();
    await app.loaded();
    expect(await app.run(start('podman-service'))).toMatchObject({ state: 'succeeded', result: { name: 'Podman' } });
    await app.until(() => app.connection.state.state === 'connected');
    expect(app.connection.state).toMatchObject({ product: 'Podman', candidate: { address: `unix://${socket}` } });
    await app[Symbol.asyncDispose]();
    const after = appHere();
    await after.connected();
    expect(after.connection.state).toMatchObject({ product: 'Podman' });
  } finally {
    await endAt(socket);
  }
});

test('what the program says is in the log, and why it did not start is in the failure', async () => {
  program('colima', 'echo starting the machine; echo "FATA[0001] error: no space left" >&2; exit 3');
  const app = appHere();
  await app.loaded();
  const task = await app.run(start('colima'));
  expect(task).toMatchObject({
    state: 'failed',
    failure: {
      title: 'Colima did not start',
      detail: expect.stringMatching(/^“colima start” ended with code 3\./),
      cause: expect.stringContaining('no space left'),
    },
  });
  expect(task.logLines).toBe(3);
});

test('a start that takes long is stopped, and its program ends', async () => {
  program('colima', `echo $$ > ${folder.file('pid')}; exec sleep 1000`);
  const app = appHere();
  await app.loaded();
  const id = app.tasks.start(start('colima'));
  await expect.poll(pidOf).toMatch(/^\d+\n/);
  app.tasks.cancel(id);
  expect(await app.ended(id)).toMatchObject({ state: 'cancelled' });
  await expect.poll(() => isAlive(Number(pidOf()))).toBe(false);
});

test('only what is installed is offered, and nothing where DOCKER_HOST names the engine', async () => {
  expect((await findStarters(machine())).map(({ id }) => id)).not.toContain('colima');
  program('colima', '');
  expect(await findStarters(machine())).toContainEqual(expect.objectContaining({ id: 'colima', command: 'colima start' }));
  expect((await findStarters({ ...machine(), platform: 'darwin' })).map(({ id }) => id)).toContain('colima');
  const named = new TestApp('unix:///nonexistent/x.sock');
  onTestFinished(() => named[Symbol.asyncDispose]());
  await named.loaded();
  expect(await named.run(start('colima'))).toMatchObject({ state: 'failed', failure: { kind: 'not-found' } });
});

/** Ends what listens there, and waits until it is gone: it writes into its folder until then. */
async function endAt(socket: string): Promise<void> {
  const isThere = () =>
    runCommand('pkill', ['-f', socket]).then(
      () => true,
      () => false,
    );
  await expect.poll(isThere).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
