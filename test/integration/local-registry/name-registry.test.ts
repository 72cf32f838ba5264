import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authorityToSave } from '../../../main/features/local-registry/tls/encrypt-registry.ts';
import { forecastPush } from '../../../main/features/transfer/forecast-push.ts';
import type { Engine } from '../../../tools/engine/engine.ts';
import { startEngine } from '../../../tools/engine/start-engine.ts';
import { kind } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { containerOf, startOwn, stopOwn } from '../../support/own-registry.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { succeed } from '../../support/round-trip.ts';
import { freePort, takePort } from '../../support/take-port.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const name = 'dev.docker.local';
const before = readFileSync('/etc/hosts', 'utf8');
const folder = new WorkFolder({ hosts: before });
const hostsFile = folder.file('hosts');
let engine: Engine;
let app: TestApp;

// in a namespace of its own, so that the engine finds computers by this file, and this computer's own stays as it is
beforeAll(async () => {
  engine = await startEngine({ ...(kind && { kind }), hostsFile });
  await engine.makeRegistryImage();
  app = await startApp(engine.host, { hostsFile, folder: folder.file('app') });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await engine.stop();
  folder[Symbol.dispose]();
  expect(readFileSync('/etc/hosts', 'utf8')).toBe(before);
});

/** Pushes a new image under a name of the registry, with its forecast first. */
async function push(reference: string) {
  await makeRandomImage(engine.host, reference, 2000);
  const forecast = await forecastPush(app.connection.engine, { reference, target: reference }, app.forecasts);
  return { forecast, task: await app.run({ kind: 'push', references: [reference], to: 'own-registry' }) };
}

test('names that begin with its own one go to it, with its login and its certificate, on engines that take them', async () => {
  expect(await app.registries.lookAtName({ name })).toMatchObject({ file: hostsFile, line: `127.0.0.1 ${name} # Layerdeck's registry` });
  await app.registries.setName({ name });
  expect(readFileSync(hostsFile, 'utf8')).toContain(`\n127.0.0.1 ${name} # Layerdeck's registry\n`);
  // a file that was replaced counts for an engine that starts after it
  await engine.restart();
  await app.until(() => app.connection.state.state === 'connected', 30_000);
  const address = await startOwn(app, { port: await freePort() });
  const alias = address.replace('localhost', name);
  expect(containerOf(app.registry)).toMatchObject({ address, alias });

  const { engine: how } = await app.registries.lookAtName({ name });
  const isPodman = kind?.startsWith('podman');
  expect(how).toBe(isPodman || kind?.endsWith('containerd') ? 'plain' : 'takes');
  const plain = await push(`${alias}/it-name:1`);
  expect(plain.forecast.registry).toMatchObject({ registry: alias, isPlain: true });
  // Podman is told with each push, and can't be told with a pull
  if (how === 'takes' || isPodman) expect(plain.task).toMatchObject({ state: 'succeeded' });
  else expect(plain.task.failure).toMatchObject({ title: 'The connection to the registry isn’t trusted' });
  if (how === 'takes') await succeed(app, { kind: 'pull', reference: `${alias}/it-name:1` });

  const login = await app.registries.protect({ username: 'ada' });
  expect(await app.logins.find(alias)).toMatchObject({ username: 'ada', password: login.password, serveraddress: alias });
  await app.registries.encrypt({ isEncrypted: true });
  await app.until(() => app.registry.registry.state === 'running' && containerOf(app.registry).isEncrypted);
  expect(containerOf(app.registry).certificate?.names).toContain(name);
  await trusting(alias, how !== 'takes', async () => {
    const { forecast, task } = await push(`${alias}/it-name:2`);
    expect(forecast.registry).toMatchObject({ isPlain: false, username: 'ada' });
    expect(task).toMatchObject({ state: 'succeeded' });
    await succeed(app, { kind: 'pull', reference: `${alias}/it-name:2` });
  });

  await app.registries.setName({ name: null });
  await app.until(() => containerOf(app.registry).alias === undefined);
  expect(readFileSync(hostsFile, 'utf8')).toBe(before);
  expect(await app.logins.find(alias)).toBeUndefined();
});

test('a name that another line has is refused, and a line that comes or goes by hand is found', async () => {
  writeFileSync(hostsFile, `${before}\n10.0.0.7 ${name}\n`);
  const line = readFileSync(hostsFile, 'utf8').split('\n').indexOf(`10.0.0.7 ${name}`) + 1;
  expect(await app.registries.lookAtName({ name })).toMatchObject({ taken: { number: line, address: '10.0.0.7' } });
  await expect(app.registries.setName({ name })).rejects.toMatchObject({ data: { title: `${name} already leads to 10.0.0.7` } });
  for (const bad of ['Dev.local', 'no-dot', '127.0.0.1', 'a..b', 'a.b c.d', "a.b'", 'a.b\n1.1.1.1 x'])
    await expect(app.registries.setName({ name: bad })).rejects.toThrow();
  expect(await app.registries.checkName()).toEqual({ name: null });
  writeFileSync(hostsFile, `${before}\n127.0.0.1 by.hand # Layerdeck's registry\n`);
  expect(await app.registries.checkName()).toEqual({ name: 'by.hand' });
});

/** Lets the engine trust the registry's authority under a name, if it has to. */
async function trusting(registry: string, isNeeded: boolean, work: () => Promise<void>): Promise<void> {
  const place = join('/etc/docker/certs.d', registry);
  try {
    if (isNeeded) {
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'ca.crt'), authorityToSave(app.registry.registry, app.registryBook));
    }
    await work();
  } finally {
    if (isNeeded) rmSync(place, { recursive: true, force: true });
  }
}

test('a name that is given is shown even if the registry gets no certificate with it', async () => {
  await app.registries.setName({ name: null });
  const address = await startOwn(app);
  await app.registries.encrypt({ isEncrypted: true });
  await stopOwn(app);
  await app.until(() => app.registry.registry.state === 'stopped' && containerOf(app.registry).alias === undefined);
  using _taken = await takePort(Number(address.split(':')[1]));
  await expect(app.registries.setName({ name })).rejects.toMatchObject({ data: { kind: 'port-taken' } });
  await app.until(() => containerOf(app.registry).alias === address.replace('localhost', name));
});
