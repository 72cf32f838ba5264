import { afterEach, beforeAll, expect, test } from 'vitest';
import { urlOf } from '../../../main/features/local-registry/cache.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { removeAll } from '../../support/own-registry.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { succeed } from '../../support/round-trip.ts';
import { freePort } from '../../support/take-port.ts';

const fresh = new FreshEngine();
const docker = (args: string[]) => fresh.engine.docker(args);

beforeAll(() => fresh.engine.makeRegistryImage());
afterEach(() => removeAll(fresh.engine.docker));

/** Where containers reach this computer. */
const gateway = async (): Promise<string> =>
  (await docker(['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}'])).trim();

/** A registry elsewhere, with an image: by which name the engine pushes there, and by which address a container reaches it. */
async function startRemote(): Promise<{ name: string; remote: string }> {
  const port = await freePort();
  const ip = traits.hasOwnNetworks ? await gateway() : '127.0.0.1';
  // at this computer's own address in their network, a port that nobody listens at refuses at once
  const network = traits.hasOwnNetworks
    ? ['--publish', `127.0.0.1:${port}:5000`, '--publish', `${ip}:${port}:5000`]
    : ['--env', `REGISTRY_HTTP_ADDR=127.0.0.1:${port}`];
  await docker(['run', '--detach', '--name', 'remote', ...network, 'registry:2']);
  const name = `localhost:${port}/it-cached:1`;
  await makeRandomImage(fresh.engine.host, name, 1000);
  await succeed(fresh.app, { kind: 'push', references: [name], to: 'own-registry' });
  return { name, remote: `http://${ip}:${port}` };
}

const cacheNow = () => fresh.app.registry.others.find(({ cacheOf, maker }) => cacheOf !== undefined && maker === 'layerdeck');

test('what is got through a cache is there without its registry, and the cache keeps its port until it is removed', async () => {
  const { remote } = await startRemote();
  const { result } = await succeed(fresh.app, { kind: 'start-cache', remote });
  const address = result?.kind === 'start-cache' ? result.address : '';
  await fresh.app.until(() => cacheNow()?.isRunning === true);
  expect(cacheNow()).toMatchObject({ address, cacheOf: new URL(remote).host, isOpen: false, restarts: 'unless-stopped' });
  expect(fresh.app.registry.registry.state).toBe('absent');
  const name = `${address}/it-cached:1`;
  await succeed(fresh.app, { kind: 'pull', reference: name });
  await docker(['rmi', name]);
  await docker(['stop', '--time', '1', 'remote']);
  await succeed(fresh.app, { kind: 'pull', reference: name });

  const container = cacheNow()?.containerId ?? '';
  await succeed(fresh.app, { kind: 'stop-cache', container });
  await fresh.app.until(() => cacheNow()?.isRunning === false);
  await docker(['start', 'remote']);
  const again = await succeed(fresh.app, { kind: 'start-cache', remote });
  expect(again.result).toMatchObject({ address });
  expect(cacheNow()?.containerId).toBe(container);
  await succeed(fresh.app, { kind: 'remove-cache', container });
  await fresh.app.until(() => cacheNow() === undefined);
  expect(await docker(['volume', 'ls', '--quiet'])).not.toContain('layerdeck-cache');
});

test('only a cache that Layerdeck made is stopped or removed', async () => {
  await startRemote();
  await fresh.app.until(() => fresh.app.registry.others.length === 1);
  const container = fresh.app.registry.others[0]?.containerId ?? '';
  for (const kind of ['stop-cache', 'remove-cache'] as const)
    expect((await fresh.app.run({ kind, container })).failure).toMatchObject({ kind: 'not-found' });
  expect(fresh.app.registry.others[0]).toMatchObject({ containerId: container, isRunning: true });
});

test('a cache that doesn’t reach its registry says so, and is not started over and over', async () => {
  const task = await fresh.app.run({ kind: 'start-cache', remote: `http://127.0.0.1:${await freePort()}` });
  expect(task.failure).toMatchObject({ title: expect.stringMatching(/^The cache of 127\.0\.0\.1:\d+ ended right after it was started$/) });
  expect(task.failure?.cause).toMatch(/connection refused/);
  await fresh.app.until(() => cacheNow()?.isRunning === false);
});

test('a registry is cached where it answers', () => {
  expect(urlOf('docker.io').href).toBe('https://registry-1.docker.io/');
  expect(urlOf('ghcr.io').href).toBe('https://ghcr.io/');
  expect(urlOf('http://registry.example:5000').origin).toBe('http://registry.example:5000');
});
