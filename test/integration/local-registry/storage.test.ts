import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Progress } from '../../../contract/task.ts';
import { RegistryBook } from '../../../main/features/local-registry/registry-book.ts';
import { blameFullDisk } from '../../../main/features/local-registry/storage/blame-full-disk.ts';
import { copyToFolder } from '../../../main/features/local-registry/storage/copy-to-folder.ts';
import { storeRegistry } from '../../../main/features/local-registry/storage/store-registry.ts';
import { FailureError } from '../../../main/foundation/failures/failure.ts';
import { engineKinds } from '../../../tools/engine/engine-kinds.ts';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { kind } from '../../support/engines/own-engine.ts';
import { containerOf, pushSmall, removeAll, startOwn, stopOwn, tagsAt } from '../../support/own-registry.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { succeed } from '../../support/round-trip.ts';
import { freePort } from '../../support/take-port.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const fresh = new FreshEngine();
/** Such an engine has the folders of its own system. */
const isOnAnotherDebian = kind !== undefined && 'suite' in engineKinds[kind];
const docker = (args: string[]) => fresh.engine.docker(args);

beforeAll(() => fresh.engine.makeRegistryImage());

let folder = '';
let number = 0;
beforeEach(() => {
  // in the engine's own folder, which has the same name for engines that run on another Debian
  folder = join(dirname(fresh.engine.dataRoot), `team-${++number}`);
  mkdirSync(folder);
});
afterEach(() => removeAll(fresh.engine.docker));

/** Starts one that keeps its images in its volume, whatever was chosen before. */
async function startHere(): Promise<string> {
  await succeed(fresh.app, { kind: 'store-registry', to: { kind: 'volume' } });
  return startOwn(fresh.app, { port: await freePort() });
}

type How = { takeAlong?: boolean; path?: string };

const order = ({ takeAlong = false, path = folder }: How = {}) =>
  ({ kind: 'store-registry', to: { kind: 'folder', folder: fresh.app.writable(path), takeAlong } }) as const;

/** Has the registry keep its images in a folder. */
async function store(how: How = {}) {
  const { result } = await succeed(fresh.app, order(how));
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running');
  return result?.kind === 'store-registry' ? result : undefined;
}

const failToStore = async (how: How = {}) => (await fresh.app.run(order(how))).failure;

const look = (path = folder) => fresh.app.registries.lookAtFolder({ folder: fresh.app.writable(path) });

const storage = () => containerOf(fresh.app.registry).storage;

test('its images are taken along into an empty folder and stay where they were; there it is found again by whoever starts it', async () => {
  const address = await startHere();
  await pushSmall(fresh.app, 'it-stored:1');
  await pushSmall(fresh.app, 'it-stored/below:2');
  expect(await look()).toMatchObject({ path: folder, others: 0 });
  expect((await look()).repositories).toBeUndefined();

  const stored = await store({ takeAlong: true });
  expect(stored).toMatchObject({ address, folder, copied: { damaged: 0 } });
  expect(stored?.copied?.bytes).toBeGreaterThan(2000);
  expect(storage()).toEqual({ kind: 'folder', path: folder });
  expect(await tagsAt(address, 'it-stored')).toEqual(['1']);
  expect(readdirSync(folder)).toEqual(['docker']);
  await succeed(fresh.app, { kind: 'pull', reference: `${address}/it-stored/below:2` });
  await pushSmall(fresh.app, 'it-later:1');
  expect((await look()).repositories).toBe(3);
  expect((await fresh.app.registries.size()).bytes).toBeGreaterThan(3000);

  // one that is stopped, and one of which the container is gone
  await stopOwn(fresh.app);
  await fresh.restartApp();
  expect(await startOwn(fresh.app)).toBe(address);
  await docker(['rm', '--force', containerOf(fresh.app.registry).containerId]);
  await fresh.app.until(() => fresh.app.registry.registry.state === 'absent');
  expect(fresh.app.registry.registry).toEqual({ state: 'absent', kept: { port: Number(address.split(':')[1]), folder } });
  await fresh.restartApp();
  expect(await startOwn(fresh.app)).toBe(address);
  expect(await tagsAt(address, 'it-later')).toEqual(['1']);

  // what the volume had is still there, and only that
  expect((await fresh.app.registries.leftBehind())?.bytes).toBeGreaterThan(2000);
  await succeed(fresh.app, { kind: 'store-registry', to: { kind: 'volume' } });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running' && storage().kind === 'volume');
  expect(await tagsAt(address, 'it-stored')).toEqual(['1']);
  expect(await tagsAt(address, 'it-later')).toEqual([]);
  expect(existsSync(join(folder, 'docker/registry/v2/repositories/it-later'))).toBe(true);
});

test('a folder that another registry has filled is used as it is, and works with the sign-in of this one', async () => {
  const port = await freePort();
  mkdirSync(join(folder, 'docker'));
  const network = ['--env', `REGISTRY_HTTP_ADDR=127.0.0.1:${port}`, '--network', 'host'];
  await docker(['run', '--detach', '--name', 'elsewhere', ...network, '--volume', `${folder}:/var/lib/registry`, 'registry:2']);
  await fresh.app.until(() => fresh.app.registry.others.length === 1);
  await pushTo(`localhost:${port}/it-team:1`);
  const address = await startHere();
  await fresh.app.registries.protect({ username: 'ada' });
  expect(await failToStore()).toMatchObject({ kind: 'in-use', title: 'The container elsewhere uses that folder' });
  await docker(['rm', '--force', 'elsewhere']);
  expect(await look()).toMatchObject({ repositories: 1, others: 0 });
  expect(await failToStore({ takeAlong: true })).toMatchObject({ title: 'A registry’s images are in that folder by now' });
  await store();
  expect(containerOf(fresh.app.registry)).toMatchObject({ hasLogin: true, address, storage: { kind: 'folder', path: folder } });
  expect((await fetch(`http://${address}/v2/`)).status).toBe(401);
  await succeed(fresh.app, { kind: 'pull', reference: `${address}/it-team:1` });
  // who may sign in is nobody's business who gets the folder
  expect(readdirSync(folder)).toEqual(['docker']);
  expect(readdirSync(join(folder, 'docker'))).toEqual(['registry']);
});

test('what it left in its volume is removed if one wants that, and never what it uses', async () => {
  const address = await startHere();
  await pushSmall(fresh.app, 'it-left:1');
  expect(await fresh.app.registries.leftBehind()).toBeNull();
  await expect(fresh.app.registries.removeLeftBehind()).rejects.toThrow();
  await store({ takeAlong: true });
  await docker(['create', '--name', 'it-user', '--volume', 'layerdeck-registry:/var/lib/registry', 'registry:2']);
  await expect(fresh.app.registries.removeLeftBehind()).rejects.toMatchObject({ data: { kind: 'in-use' } });
  await docker(['rm', 'it-user']);
  await fresh.app.registries.removeLeftBehind();
  expect(await fresh.app.registries.leftBehind()).toBeNull();
  expect(await docker(['volume', 'ls', '--quiet'])).not.toMatch(/^layerdeck-registry$/m);
  expect(await tagsAt(address, 'it-left')).toEqual(['1']);
});

test('space is freed in a folder, and its images stay when the registry is removed', async () => {
  const address = await startHere();
  await store();
  await pushSmall(fresh.app, 'it-freed:1');
  const digest = (await fetch(`http://${address}/v2/it-freed/manifests/1`, { headers: { accept } })).headers.get('docker-content-digest');
  await fetch(`http://${address}/v2/it-freed/manifests/${digest}`, { method: 'DELETE' });
  const before = (await fresh.app.registries.size()).bytes ?? 0;
  const container = containerOf(fresh.app.registry).containerId;
  const { result } = await succeed(fresh.app, { kind: 'collect-registry', container, withUntagged: true });
  expect(result).toMatchObject({ broken: [] });
  const freed = result?.kind === 'collect-registry' ? result.bytes : 0;
  expect(freed).toBeGreaterThan(1000);
  expect((await fresh.app.registries.size()).bytes).toBe(before - freed);
  await pushSmall(fresh.app, 'it-kept:1');
  const removed = await succeed(fresh.app, {
    kind: 'remove-registry',
    container: containerOf(fresh.app.registry).containerId,
    withImages: true,
  });
  expect(removed.result).toMatchObject({ withImages: false });
  expect((await look()).repositories).toBeGreaterThan(0);
});

test('a folder that is gone, as with a disk that isn’t plugged in, is told and never made anew', async () => {
  const address = await startHere();
  await store();
  await pushSmall(fresh.app, 'it-gone:1');
  await stopOwn(fresh.app);
  renameSync(join(folder, 'docker'), join(folder, 'unplugged'));
  const task = await fresh.app.run({ kind: 'start-registry' });
  expect(task.failure).toMatchObject({ kind: 'not-found', title: 'The folder with the registry’s images isn’t there' });
  expect(readdirSync(folder)).toEqual(['unplugged']);
  renameSync(join(folder, 'unplugged'), join(folder, 'docker'));
  expect(await startOwn(fresh.app)).toBe(address);
  expect(await tagsAt(address, 'it-gone')).toEqual(['1']);
});

test('a folder with something else called docker is refused, and what can’t be used leaves the registry as it was', async () => {
  const address = await startHere();
  const before = containerOf(fresh.app.registry).containerId;
  mkdirSync(join(folder, 'docker'));
  writeFileSync(join(folder, 'docker', 'compose.yml'), '');
  expect(await failToStore()).toMatchObject({ title: 'Something else is called “docker” in that folder' });
  rmSync(join(folder, 'docker'), { recursive: true });
  mkdirSync(join(folder, 'elsewhere/registry/v2'), { recursive: true });
  symlinkSync('elsewhere', join(folder, 'docker'));
  expect(await failToStore()).toMatchObject({ title: 'Something else is called “docker” in that folder' });
  expect(await failToStore({ path: join(folder, 'none') })).toMatchObject({ kind: 'not-found' });
  expect(containerOf(fresh.app.registry)).toMatchObject({ containerId: before, address, state: 'running' });
  await expect(fresh.app.registries.lookAtFolder({ folder: 'ab'.repeat(16) })).rejects.toThrow();
});

test('a copy that is stopped leaves nothing in the folder, and the registry runs as before', async () => {
  const address = await startHere();
  await pushSmall(fresh.app, 'it-stopped:1');
  const before = containerOf(fresh.app.registry).containerId;
  using own = new WorkFolder();
  const stop = new AbortController();
  const stopHalfway = ({ bytes }: Progress) => bytes?.done && stop.abort();
  const order = {
    book: new RegistryBook(own.file('book.json')),
    getImage: async () => 'registry:2',
    to: { kind: 'folder', path: folder },
  } as const;
  const copying = storeRegistry(
    fresh.app.connection.engine,
    { id: '', signal: stop.signal, report: stopHalfway, log: () => {} },
    { ...order, takeAlong: true },
  );
  await expect(copying).rejects.toThrow(/abort/);
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running');
  expect(containerOf(fresh.app.registry)).toMatchObject({ containerId: before, storage: { kind: 'volume' } });
  expect(await tagsAt(address, 'it-stopped')).toEqual(['1']);
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder is tried before the registry stops, and nothing is left in one that can’t be used', async () => {
  const address = await startHere();
  await pushSmall(fresh.app, 'it-tried:1');
  const before = containerOf(fresh.app.registry);
  await docker(['tag', 'registry:2', 'it-other:1']);
  await docker(['rmi', 'registry:2']);
  try {
    using own = new WorkFolder();
    const phases: string[] = [];
    const context = {
      id: '',
      signal: new AbortController().signal,
      report: ({ phase }: Progress) => phases.push(phase ?? ''),
      log: () => {},
    };
    for (const takeAlong of [true, false]) {
      const storing = storeRegistry(fresh.app.connection.engine, context, {
        book: new RegistryBook(own.file('book.json')),
        getImage: async () => 'it-missing:1',
        to: { kind: 'folder', path: folder },
        takeAlong,
      });
      await expect(storing).rejects.toThrow();
      expect(readdirSync(folder)).toEqual([]);
    }
    expect(phases).toEqual([]);
    expect(await tagsAt(address, 'it-tried')).toEqual(['1']);
    expect(containerOf(fresh.app.registry)).toEqual(before);
  } finally {
    await docker(['tag', 'it-other:1', 'registry:2']);
    await docker(['rmi', 'it-other:1']);
  }
});

test('what doesn’t fit is said before, a disk that gets full leaves nothing there, and what was damaged before is told', async () => {
  const address = await startHere();
  await makeRandomImage(fresh.engine.host, `${address}/it-big:1`, 3_000_000);
  await succeed(fresh.app, { kind: 'push', references: [`${address}/it-big:1`], to: 'own-registry' });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  try {
    expect(await failToStore({ takeAlong: true })).toMatchObject({
      kind: 'no-space',
      title: 'The registry’s images don’t fit on that disk',
    });
    const { containerId } = containerOf(fresh.app.registry);
    await stopOwn(fresh.app);
    const context = { id: '', signal: new AbortController().signal, report: () => {}, log: () => {} };
    const copying = copyToFolder(fresh.app.connection.engine, { containerId, total: undefined }, folder, context);
    await expect(copying).rejects.toMatchObject({ failure: { kind: 'no-space', title: 'That disk is full' } });
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    execFileSync('umount', [folder]);
  }
  const blobs = join(fresh.engine.dataRoot, 'volumes/layerdeck-registry/_data/docker/registry/v2/blobs/sha256');
  const [largest] = readdirSync(blobs, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort((a, b) => statSync(b).size - statSync(a).size);
  appendFileSync(largest ?? '', 'x');
  expect(await store({ takeAlong: true })).toMatchObject({ copied: { damaged: 1 } });
});

test('what a registry calls an error of its own is a full disk if its folder’s is', async () => {
  await startHere();
  await store();
  const registry = containerOf(fresh.app.registry);
  // what docker's engine says of it, after having tried for 50 seconds
  const refused = () => new FailureError({ kind: 'registry-refused', title: 'an error of its own', detail: '', cause: '500' });
  await expect(blameFullDisk(registry, Promise.reject(refused()))).rejects.toEqual(refused());
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  try {
    const failure = { kind: 'no-space', title: 'The disk with the registry’s images is full', cause: '500' };
    await expect(blameFullDisk(registry, Promise.reject(refused()))).rejects.toMatchObject({ failure });
    const other = new FailureError({ kind: 'sign-in', title: 'another', detail: '' });
    await expect(blameFullDisk(registry, Promise.reject(other))).rejects.toEqual(other);
  } finally {
    execFileSync('umount', [folder]);
  }
});

test.runIf(isOnAnotherDebian)('a folder that the engine’s computer doesn’t have is refused, and the registry stays as it was', async () => {
  using elsewhere = new WorkFolder();
  await startHere();
  const before = containerOf(fresh.app.registry);
  expect(await failToStore({ path: elsewhere.path })).toMatchObject({ title: 'The engine doesn’t see that folder' });
  expect(containerOf(fresh.app.registry)).toEqual(before);
});

test('what it is encrypted with goes along, and stays on this computer', async () => {
  const address = await startHere();
  await fresh.app.registries.encrypt({ isEncrypted: true });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running' && containerOf(fresh.app.registry).isEncrypted);
  const { certificate } = containerOf(fresh.app.registry);
  await pushSmall(fresh.app, 'it-encrypted:1');
  await store({ takeAlong: true });
  expect(containerOf(fresh.app.registry)).toMatchObject({ isEncrypted: true, address, certificate });
  await succeed(fresh.app, { kind: 'pull', reference: `${address}/it-encrypted:1` });
  expect(readdirSync(join(folder, 'docker'))).toEqual(['registry']);
});

const accept = 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json';

/** Pushes a small image to another registry. */
async function pushTo(name: string): Promise<void> {
  await docker(['tag', 'layerdeck/base:1', name]);
  await succeed(fresh.app, { kind: 'push', references: [name], to: 'own-registry' });
}
