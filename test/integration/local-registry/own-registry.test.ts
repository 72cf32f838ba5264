import { rmSync } from 'node:fs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { startApp } from '../../support/make-app.ts';
import { containerOf, failToStart, pushSmall, removeAll, startOwn, stopOwn, tagsAt } from '../../support/own-registry.ts';
import { succeed } from '../../support/round-trip.ts';
import { freePort, takePort } from '../../support/take-port.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const fresh = new FreshEngine();
const docker = (args: string[]) => fresh.engine.docker(args);

beforeAll(async () => {
  await fresh.engine.makeRegistryImage();
});
afterEach(() => removeAll(fresh.engine.docker));

/** Starts one on a port that no other engine’s registry asks for. */
const startHere = async (): Promise<string> => startOwn(fresh.app, { port: await freePort() });

/** A registry that has an image, and is known by its address. */
async function startWithImage(): Promise<string> {
  const address = await startHere();
  await pushSmall(fresh.app, 'it-own:1');
  return address;
}

test('it keeps its container and its port when it is stopped, started and restarted, and when the app or the engine starts again', async () => {
  const address = await startWithImage();
  const before = containerOf(fresh.app.registry);
  await stopOwn(fresh.app);
  expect(await startOwn(fresh.app)).toBe(address);
  expect(containerOf(fresh.app.registry)).toMatchObject({
    containerId: before.containerId,
    address,
    restarts: 'unless-stopped',
    isOpen: false,
  });
  await succeed(fresh.app, { kind: 'restart-registry' });
  expect(await tagsAt(address, 'it-own')).toEqual(['1']);
  await fresh.restartApp();
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running');
  expect(containerOf(fresh.app.registry)).toMatchObject({ containerId: before.containerId, address });
  // the test's Podman ends with what watches over its containers, and then takes those for ended that still run
  if (traits.product === 'Docker') await fresh.engine.restart();
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running', 30_000);
  expect(containerOf(fresh.app.registry)).toMatchObject({ containerId: before.containerId, address });
  expect(await startOwn(fresh.app)).toBe(address);
  expect(await tagsAt(address, 'it-own')).toEqual(['1']);
});

test('it comes back on its port if its container was removed, also to a Layerdeck that has forgotten the port', async () => {
  const address = await startWithImage();
  await docker(['rm', '--force', containerOf(fresh.app.registry).containerId]);
  await fresh.app.until(() => fresh.app.registry.registry.state === 'absent');
  const port = Number(address.split(':')[1]);
  expect(fresh.app.registry.registry).toEqual({ state: 'absent', kept: { port } });
  await using other = await startApp(fresh.engine.host);
  expect(await startOwn(other)).toBe(address);
  expect(await tagsAt(address, 'it-own')).toEqual(['1']);
});

test('another port is what it keeps from then on, when the person wants it', async () => {
  const address = await startWithImage();
  const proposed = (await fresh.app.registries.freePort()).port;
  expect(`localhost:${proposed}`).not.toBe(address);
  const port = await freePort();
  expect(await startOwn(fresh.app, { port })).toBe(`localhost:${port}`);
  expect(await tagsAt(`localhost:${port}`, 'it-own')).toEqual(['1']);
  await expect(tagsAt(address, 'it-own')).rejects.toThrow();
  await docker(['rm', '--force', containerOf(fresh.app.registry).containerId]);
  await fresh.restartApp();
  await fresh.app.until(() => fresh.app.registry.registry.state === 'absent');
  expect(await startOwn(fresh.app)).toBe(`localhost:${port}`);
});

test('a port that a program has taken is named, and the registry moves nowhere', async () => {
  const address = await startWithImage();
  const { containerId } = containerOf(fresh.app.registry);
  const port = Number(address.split(':')[1]);
  await stopOwn(fresh.app);
  {
    using _taken = await takePort(port);
    expect(await failToStart(fresh.app)).toMatchObject({ kind: 'port-taken', title: `Another program uses port ${port}` });
  }
  expect(containerOf(fresh.app.registry)).toMatchObject({ state: 'stopped', containerId, port });
  expect(await startOwn(fresh.app)).toBe(address);
});

test.runIf(traits.hasOwnNetworks)('a port that another container has taken is named with that container', async () => {
  const address = await startHere();
  const port = Number(address.split(':')[1]);
  await stopOwn(fresh.app);
  await docker(['run', '--detach', '--name', 'it-thief', '--publish', `127.0.0.1:${port}:5000`, 'registry:2']);
  expect(await failToStart(fresh.app)).toMatchObject({ kind: 'port-taken', title: `The container it-thief uses port ${port}` });
});

test('a container that works on its volume is named before anything starts', async () => {
  await startHere();
  await stopOwn(fresh.app);
  const other = ['--env', 'REGISTRY_HTTP_ADDR=127.0.0.1:0', '--volume', 'layerdeck-registry:/var/lib/registry'];
  await docker(['run', '--detach', '--name', 'it-other', ...other, 'registry:2']);
  expect(await failToStart(fresh.app)).toMatchObject({ kind: 'in-use', title: 'The container it-other uses the registry’s volume' });
  expect(containerOf(fresh.app.registry).state).toBe('stopped');
});

test('one that ends at once says why in its own words, and is not started over and over', async () => {
  const port = await freePort();
  const network = traits.hasOwnNetworks ? ['--publish', `127.0.0.1:${port}:5000`] : ['--env', `REGISTRY_HTTP_ADDR=127.0.0.1:${port}`];
  const wrong = ['--env', 'REGISTRY_STORAGE=nowhere', '--restart', 'unless-stopped', '--label', 'app.layerdeck.registry=1'];
  await docker(['create', '--name', 'layerdeck-registry', ...network, ...wrong, 'registry:2']);
  await fresh.app.until(() => fresh.app.registry.registry.state === 'stopped');
  const failure = await failToStart(fresh.app);
  expect(failure).toMatchObject({ title: 'The registry ended right after it was started', cause: expect.stringMatching(/nowhere/) });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'stopped' && !('trouble' in fresh.app.registry.registry));
});

test('without an image and a network it says so, and takes one from a file', async () => {
  using folder = new WorkFolder();
  await docker(['save', '--output', folder.file('registry.tar'), 'registry:2']);
  await docker(['save', '--output', folder.file('base.tar'), 'layerdeck/base:1']);
  await docker(['rmi', '--force', 'registry:2']);
  expect(await failToStart(fresh.app)).toMatchObject({ title: 'There’s no image of a registry here', cause: expect.any(String) });
  const other = fresh.app.readable(folder.file('base.tar'));
  expect(await failToStart(fresh.app, { archive: other })).toMatchObject({ title: 'There’s no registry in base.tar' });
  const address = await startOwn(fresh.app, { archive: fresh.app.readable(folder.file('registry.tar')) });
  expect((await fetch(`http://${address}/v2/`)).headers.get('docker-distribution-api-version')).toBe('registry/2.0');
  rmSync(folder.file('registry.tar'));
});

test('its version, its log and what it holds are told', async () => {
  await startWithImage();
  expect((await fresh.app.registries.version()).version).toMatch(/^\d+\.\d+/);
  const { bytes } = await fresh.app.registries.size();
  expect(bytes).toBeGreaterThan(1000);
  const stop = new AbortController();
  const log = await fresh.app.registries.log(undefined, { signal: stop.signal });
  let text = '';
  for await (const lines of log) {
    text += lines.map((line) => `${line.number} ${line.text}\n`).join('');
    if (/it-own/.test(text)) break;
  }
  stop.abort();
  expect(text).toMatch(/^1 /);
  expect(text).toMatch(/listening on/);
});

test('it is removed with or without its images', async () => {
  const address = await startWithImage();
  const remove = (withImages: boolean) =>
    succeed(fresh.app, { kind: 'remove-registry', container: containerOf(fresh.app.registry).containerId, withImages });
  await remove(false);
  await fresh.app.until(() => fresh.app.registry.registry.state === 'absent');
  expect(await docker(['volume', 'ls', '--quiet'])).toBe('layerdeck-registry\n');
  expect(await startOwn(fresh.app)).toBe(address);
  expect(await tagsAt(address, 'it-own')).toEqual(['1']);
  await remove(true);
  await fresh.app.until(() => fresh.app.registry.registry.state === 'absent' && !('kept' in fresh.app.registry.registry));
  expect(await docker(['volume', 'ls', '--quiet'])).toBe('');
  // what the person saw is gone by now: nothing else is removed in its place
  const gone = await fresh.app.run({ kind: 'remove-registry', container: '0'.repeat(64), withImages: true });
  expect(gone.failure).toMatchObject({ kind: 'not-found' });
});

/** What the registry says to somebody without a login, or with one. */
async function knock(address: string, login?: { username: string; password: string }): Promise<number> {
  const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  return (await fetch(`http://${address}/v2/`, { headers: basic ? { authorization: basic } : {} })).status;
}

test('it asks for a sign-in if one wants that, also in a new container and on another port, and Layerdeck signs itself in', async () => {
  const address = await startWithImage();
  const login = await fresh.app.registries.protect({ username: 'ada' });
  expect(login).toMatchObject({ registry: address, username: 'ada', keptIn: { kind: 'memory' } });
  expect(login.password).toHaveLength(24);
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running' && containerOf(fresh.app.registry).hasLogin);
  expect([await knock(address), await knock(address, { ...login, password: 'x' }), await knock(address, login)]).toEqual([401, 401, 200]);
  await pushSmall(fresh.app, 'it-signed:1');

  const other = await startOwn(fresh.app, { port: await freePort() });
  expect([await knock(other), await knock(other, login)]).toEqual([401, 200]);
  expect((await fresh.app.logins.list()).map(({ registry }) => registry)).toEqual([other]);
  await pushSmall(fresh.app, 'it-signed:2');

  await docker(['rm', '--force', containerOf(fresh.app.registry).containerId]);
  await fresh.restartApp();
  expect(await startOwn(fresh.app)).toBe(other);
  expect([await knock(other), await knock(other, login)]).toEqual([401, 200]);

  await fresh.app.registries.unprotect();
  expect(await knock(other)).toBe(200);
  expect((await tagsAt(other, 'it-signed')).sort()).toEqual(['1', '2']);
});

test('a login goes with the images that it was for', async () => {
  const address = await startWithImage();
  await fresh.app.registries.protect({ username: 'ada' });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running' && containerOf(fresh.app.registry).hasLogin);
  await succeed(fresh.app, { kind: 'remove-registry', container: containerOf(fresh.app.registry).containerId, withImages: true });
  expect(await fresh.app.logins.find(address)).toBeUndefined();
  await expect(fresh.app.registries.protect({ username: 'a:b' })).rejects.toThrow();
});
