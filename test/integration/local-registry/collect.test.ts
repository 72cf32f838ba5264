import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { putLooseBlobs } from '../../support/loose-blobs.ts';
import { containerOf, removeAll, startOwn, stopOwn, tagsAt } from '../../support/own-registry.ts';
import { Putting } from '../../support/put-image.ts';
import { succeed } from '../../support/round-trip.ts';
import { freePort } from '../../support/take-port.ts';

const fresh = new FreshEngine();
let address = '';

beforeAll(async () => {
  await fresh.engine.makeRegistryImage();
});
beforeEach(async () => {
  address = await startOwn(fresh.app, { port: await freePort() });
});
afterEach(() => removeAll(fresh.engine.docker));

const container = () => containerOf(fresh.app.registry).containerId;
const preview = async () => (await Array.fromAsync(await fresh.app.registries.previewCollection({ container: container() }))).at(-1);
async function collect(withUntagged: boolean) {
  const { result } = await succeed(fresh.app, { kind: 'collect-registry', container: container(), withUntagged });
  if (result?.kind !== 'collect-registry') throw new Error(JSON.stringify(result));
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running');
  return result;
}
const statusOf = async (path: string, method = 'GET') =>
  (
    await fetch(`http://${address}/v2/${path}`, {
      method,
      headers: { accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json' },
    })
  ).status;
const remove = (repository: string, digest: string) => statusOf(`${repository}/manifests/${digest}`, 'DELETE');

/** The bytes of all blobs in the registry, as the system counts them; nothing else may use the helper's image. */
async function bytesOnDisk(): Promise<number> {
  const name = `sum-${randomUUID()}`;
  await fresh.engine.docker(['create', '--name', name, '--volumes-from', container(), 'registry:2']);
  const out = `${fresh.engine.dataRoot}/${name}.tar`;
  try {
    await fresh.engine.docker(['cp', `${name}:/var/lib/registry/docker/registry/v2/blobs`, `${out}.d`]);
    const found = execFileSync('find', [`${out}.d`, '-name', 'data', '-printf', '%s\n'], { encoding: 'utf8' });
    execFileSync('rm', ['-r', `${out}.d`]);
    return found.split('\n').reduce((sum, line) => sum + Number(line), 0);
  } finally {
    await fresh.engine.docker(['rm', '--force', name]);
  }
}

test('what is said before is freed to the byte, and everything that is left can be got', async () => {
  const shop = new Putting(address, 'acme/shop');
  const old = await shop.image(['1.0'], { size: 40_000 });
  await shop.image(['1.0'], { size: 20_000 }); // the tag moves on
  const list = await shop.list(['2.0'], ['linux/amd64', 'linux/arm64'], { size: 10_000 });
  const tools = new Putting(address, 'tools');
  const gone = await tools.image(['1'], { size: 30_000 });
  expect(await remove('tools', gone)).toBe(202);
  // a push that ended half-way left a layer, and no image
  await new Putting(address, 'half').blob('x'.repeat(7000), 'application/vnd.oci.image.layer.v1.tar');
  const found = await preview();
  expect(found).toMatchObject({ kind: 'found', unused: { blobs: 4 }, untagged: { images: 1 }, kept: 4, unreadable: 0 });
  if (found?.kind !== 'found') return;
  const before = await bytesOnDisk();
  const result = await collect(true);
  expect(result).toMatchObject({ images: 1, blobs: 7, checked: 4, broken: [] });
  expect(result.bytes).toBe(found.unused.bytes + found.untagged.bytes);
  expect(before - (await bytesOnDisk())).toBe(result.bytes);
  expect(containerOf(fresh.app.registry).address).toBe(address);
  expect(await statusOf(`acme/shop/manifests/${old}`)).toBe(404);
  // the images of a list have no tag, and stay
  const { manifests } = (await (
    await fetch(`http://${address}/v2/acme/shop/manifests/${list}`, { headers: { accept: 'application/vnd.oci.image.index.v1+json' } })
  ).json()) as { manifests: { digest: string }[] };
  for (const { digest } of manifests) expect(await statusOf(`acme/shop/manifests/${digest}`)).toBe(200);
  expect((await tagsAt(address, 'acme/shop')).sort()).toEqual(['1.0', '2.0']);
  // a second time there is nothing to do
  expect(await preview()).toMatchObject({ unused: { blobs: 0, bytes: 0 }, untagged: { images: 0, bytes: 0 } });
  // what went can be pushed again: the registry doesn't believe that it still has it
  await tools.image(['1'], { size: 30_000 });
  expect(await tagsAt(address, 'tools')).toEqual(['1']);
});

test('images that no tag leads to stay if one wants that, and those that are attached to one that stays go nowhere', async () => {
  const shop = new Putting(address, 'shop');
  const first = await shop.image(['1'], { size: 5000 });
  const config = await shop.blob('{}', 'application/vnd.oci.empty.v1+json');
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const about = (digest: string) => ({
    schemaVersion: 2,
    mediaType,
    artifactType: 'application/spdx+json',
    config,
    layers: [config],
    subject: { mediaType, digest, size: 1 },
  });
  const attached = await shop.manifest([], about(first));
  await put('shop', attached, about(first));
  expect(await preview()).toMatchObject({ untagged: { images: 0 }, kept: 2 });
  await shop.image(['1'], { size: 6000 });
  // now neither the first nor what is about it is needed
  expect(await preview()).toMatchObject({ unused: { blobs: 0 }, untagged: { images: 2 }, kept: 1 });
  expect(await collect(false)).toMatchObject({ images: 0, blobs: 0, bytes: 0, checked: 3, broken: [] });
  expect(await statusOf(`shop/manifests/${first}`)).toBe(200);
  expect(await collect(true)).toMatchObject({ images: 2, checked: 1, broken: [] });
  expect(await statusOf(`shop/manifests/${first}`)).toBe(404);
});

async function put(repository: string, digest: string, manifest: { mediaType: string }): Promise<void> {
  const answer = await fetch(`http://${address}/v2/${repository}/manifests/${digest}`, {
    method: 'PUT',
    body: JSON.stringify(manifest),
    headers: { 'content-type': manifest.mediaType },
  });
  expect(answer.status).toBe(201);
}

test('a collection that is stopped leaves a registry that answers, and no container behind, also none of an app that was killed', async () => {
  await fresh.engine.docker(['create', '--label', 'app.layerdeck.collector=x', 'registry:2']);
  expect(fresh.app.registry.others).toEqual([]);
  const shop = new Putting(address, 'shop');
  const digest = await shop.image(['1'], { size: 5000 });
  const id = fresh.app.tasks.start({ kind: 'collect-registry', container: container(), withUntagged: true });
  await fresh.app.until(() => fresh.app.tasks.task(id).progress.phase === 'removing');
  fresh.app.tasks.cancel(id);
  expect((await fresh.app.ended(id)).state).toBe('cancelled');
  expect(await statusOf(`shop/manifests/${digest}`)).toBe(200);
  const all = (await fresh.engine.docker(['ps', '--all', '--quiet'])).split('\n').filter(Boolean);
  expect(all).toHaveLength(1);
});

test('a collector that is killed in the middle leaves a registry that answers, and the next one frees the rest', async () => {
  const loose = 2000;
  const shop = new Putting(address, 'shop');
  const digest = await shop.image(['1'], { size: 5000 });
  await putLooseBlobs(fresh.engine, container(), loose);
  const before = container();
  const id = fresh.app.tasks.start({ kind: 'collect-registry', container: before, withUntagged: false });
  await fresh.app.until(() => fresh.app.tasks.task(id).progress.phase === 'removing', 60_000);
  await killCollector();
  expect(await fresh.app.ended(id)).toMatchObject({
    state: 'failed',
    failure: { title: 'The registry’s collector gave up', detail: expect.stringContaining('137') },
  });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running');
  expect(containerOf(fresh.app.registry)).toMatchObject({ containerId: before, address });
  expect(await statusOf(`shop/manifests/${digest}`)).toBe(200);
  const found = await preview();
  const result = await collect(false);
  expect(found).toMatchObject({ kind: 'found', unused: { blobs: result.blobs, bytes: result.bytes } });
  expect(result).toMatchObject({ checked: 1, broken: [] });
  expect(result.blobs).toBeLessThanOrEqual(loose);
  expect(await preview()).toMatchObject({ unused: { blobs: 0 } });
  expect(await statusOf(`shop/manifests/${digest}`)).toBe(200);
}, 120_000);

/** Kills the collector as soon as it runs. */
async function killCollector(): Promise<void> {
  const { docker } = fresh.app.connection.engine;
  for (;;) {
    const [found] = await docker.listContainers({ filters: { label: ['app.layerdeck.collector'] } });
    if (found) return docker.getContainer(found.Id).kill();
  }
}

test('a registry that doesn’t run is not tidied, and says why', async () => {
  const id = container();
  await stopOwn(fresh.app);
  const task = await fresh.app.run({ kind: 'collect-registry', container: id, withUntagged: true });
  expect(task.failure).toMatchObject({ title: 'The registry isn’t running' });
});

test('one that asks for a sign-in is tidied, too', async () => {
  await new Putting(address, 'half').blob('x'.repeat(3000), 'application/vnd.oci.image.layer.v1.tar');
  await fresh.app.registries.protect({ username: 'ada' });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running' && containerOf(fresh.app.registry).hasLogin);
  expect(await statusOf('half/tags/list')).toBe(401);
  expect(await collect(true)).toMatchObject({ blobs: 1, bytes: 3000, checked: 0 });
});
