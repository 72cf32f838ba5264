import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { LocalRegistry } from '../../../contract/registry.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { containerOf, pushSmall, removeAll, startOwn, stopOwn, tagsAt } from '../../support/own-registry.ts';
import { succeed } from '../../support/round-trip.ts';
import { freePort } from '../../support/take-port.ts';

const fresh = new FreshEngine();
const docker = (args: string[]) => fresh.engine.docker(args);
const others = () => fresh.app.registry.others;
const named = (name: string) => others().find((one) => one.name === name);

const isReady = () => fresh.app.until(() => fresh.app.registry.registry.state === 'running');

beforeAll(() => fresh.engine.makeRegistryImage());
afterEach(async () => {
  await removeAll(fresh.engine.docker);
  await fresh.app.until(() => others().length === 0 && fresh.app.registry.registry.state === 'absent');
});

type ByHand = { ip?: string; image?: string; mayEnd?: boolean };

/** Starts a registry as a person does in a terminal, and gives its port. */
async function runByHand(name: string, options: string[] = [], { ip = '127.0.0.1', image = 'registry:2', mayEnd = false }: ByHand = {}) {
  const port = await freePort();
  const network = traits.hasOwnNetworks ? ['--publish', `${ip}:${port}:5000`] : ['--env', `REGISTRY_HTTP_ADDR=${ip}:${port}`];
  await docker(['run', '--detach', '--name', name, ...network, ...options, image]);
  // one that gives up at once may have ended before anybody looked
  await fresh.app.until(() => named(name) !== undefined && (mayEnd || named(name)?.isRunning === true));
  return port;
}

test('those of other makers are told apart, and one that other computers can reach is named as such', async () => {
  await docker(['tag', 'registry:2', 'gcr.io/k8s-minikube/kicbase:v0.0.45']);
  await runByHand('by-hand', ['--restart', 'always'], { ip: '0.0.0.0' });
  await runByHand('k3d-it', ['--label', 'app=k3d', '--label', 'k3d.role=registry']);
  await runByHand('kind-registry', ['--restart', 'on-failure']);
  await runByHand('minikube', [], { image: 'gcr.io/k8s-minikube/kicbase:v0.0.45' });
  await docker(['run', '--detach', '--name', 'no-registry', 'layerdeck/base:1', 'x']).catch(() => {});
  const makers = Object.fromEntries(others().map(({ name, maker, isOpen, restarts }) => [name, [maker, isOpen, restarts]]));
  expect(makers).toEqual({
    'by-hand': ['person', true, 'always'],
    'k3d-it': ['k3d', false, 'never'],
    'kind-registry': ['kind', false, 'on-failure'],
    minikube: ['minikube', false, 'never'],
  });
  await docker(['rm', '--force', '--volumes', 'minikube']);
  await docker(['rmi', 'gcr.io/k8s-minikube/kicbase:v0.0.45']);
});

test('one that was started by hand is used, kept in mind, stopped, started on its port and let go', async () => {
  const port = await runByHand('by-hand');
  const id = named('by-hand')?.containerId ?? '';
  await fresh.app.registries.adopt({ container: id });
  await isReady();
  expect(containerOf(fresh.app.registry)).toMatchObject({ name: 'by-hand', address: `localhost:${port}`, maker: 'person' });
  await pushSmall(fresh.app, 'it-adopted:1');
  expect(await tagsAt(`localhost:${port}`, 'it-adopted')).toEqual(['1']);
  await fresh.restartApp();
  await isReady();
  expect(containerOf(fresh.app.registry).containerId).toBe(id);
  await stopOwn(fresh.app);
  expect(await startOwn(fresh.app)).toBe(`localhost:${port}`);
  const moved = await fresh.app.run({ kind: 'start-registry', port: await freePort() });
  expect(moved.failure).toMatchObject({ title: 'Layerdeck didn’t make by-hand' });
  await fresh.app.registries.letGo({ container: id });
  expect(fresh.app.registry.registry.state).toBe('absent');
  expect(named('by-hand')).toMatchObject({ containerId: id, isRunning: true });
  expect(await tagsAt(`localhost:${port}`, 'it-adopted')).toEqual(['1']);
});

test('while one of others is used, the own one is listed beside it, and comes back with its port', async () => {
  const own = await startOwn(fresh.app, { port: await freePort() });
  await runByHand('by-hand');
  await fresh.app.registries.adopt({ container: named('by-hand')?.containerId ?? '' });
  const listed = named('layerdeck-registry');
  expect(listed).toMatchObject({ maker: 'layerdeck', address: own, isRunning: true });
  await fresh.app.registries.adopt({ container: listed?.containerId ?? '' });
  expect(containerOf(fresh.app.registry)).toMatchObject({ maker: 'layerdeck', address: own });
});

test('a cluster’s registry is pushed to, and neither stopped nor removed', async () => {
  const port = await runByHand('k3d-it', ['--label', 'app=k3d', '--label', 'k3d.role=registry']);
  const id = named('k3d-it')?.containerId ?? '';
  await fresh.app.registries.adopt({ container: id });
  await isReady();
  await pushSmall(fresh.app, 'it-cluster:1');
  const requests = [
    { kind: 'stop-registry' },
    { kind: 'restart-registry' },
    { kind: 'remove-registry', container: id, withImages: true },
  ] as const;
  for (const request of requests) expect((await fresh.app.run(request)).failure).toMatchObject({ title: 'The registry belongs to k3d' });
  expect(await tagsAt(`localhost:${port}`, 'it-cluster')).toEqual(['1']);
});

test('a removal takes along the images only if it is told so, and never a folder', async () => {
  const volume = `it-${randomUUID()}`;
  await runByHand('by-hand', ['--volume', `${volume}:/var/lib/registry`]);
  const adopt = async () => {
    await fresh.app.registries.adopt({ container: named('by-hand')?.containerId ?? '' });
    return containerOf(fresh.app.registry).containerId;
  };
  expect(named('by-hand')?.storage).toEqual({ kind: 'volume', name: volume, isNamed: true });
  await succeed(fresh.app, { kind: 'remove-registry', container: await adopt(), withImages: false });
  expect(await docker(['volume', 'ls', '--quiet'])).toBe(`${volume}\n`);
  await runByHand('by-hand', ['--volume', `${volume}:/var/lib/registry`]);
  await succeed(fresh.app, { kind: 'remove-registry', container: await adopt(), withImages: true });
  expect(await docker(['volume', 'ls', '--quiet'])).toBe('');
});

test('only what was recognised as a registry can be chosen', async () => {
  const container = (await docker(['create', 'layerdeck/base:1', 'x'])).trim();
  await expect(fresh.app.registries.adopt({ container })).rejects.toMatchObject({ data: { kind: 'not-found' } });
});

test('a container that runs is no registry before it answers', async () => {
  const port = await freePort();
  const network = traits.hasOwnNetworks ? ['--publish', `127.0.0.1:${port}:5000`] : ['--env', `REGISTRY_HTTP_ADDR=127.0.0.1:${port}`];
  await docker(['create', '--name', 'by-hand', ...network, 'registry:2']);
  await fresh.app.until(() => named('by-hand') !== undefined);
  await fresh.app.registries.adopt({ container: named('by-hand')?.containerId ?? '' });
  expect(fresh.app.registry.registry.state).toBe('stopped');
  const seen: string[] = [];
  const note = (now: LocalRegistry) => seen.push(now.state === 'stopped' ? `${now.state} ${now.trouble ?? ''}`.trim() : now.state);
  fresh.app.registry.on('registry', note);
  await docker(['start', 'by-hand']);
  await isReady();
  fresh.app.registry.off('registry', note);
  expect(seen).toEqual(['stopped starting', 'running']);
});

test('a cache of another registry is named as one, and is nothing to push to', async () => {
  // nothing answers where it should get what it lacks: it may end at once
  await runByHand('cache', ['--env', 'REGISTRY_PROXY_REMOTEURL=http://127.0.0.1:1'], { mayEnd: true });
  expect(named('cache')).toMatchObject({ maker: 'person', cacheOf: '127.0.0.1:1' });
  const container = named('cache')?.containerId ?? '';
  await expect(fresh.app.registries.adopt({ container })).rejects.toMatchObject({ data: { title: 'cache takes no pushes' } });
});
