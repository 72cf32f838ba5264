import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FreshEngine } from '../../support/engines/fresh-engine.ts';
import { traits } from '../../support/engines/own-engine.ts';
import { containerOf, pushSmall, removeAll, startOwn, stopOwn, tagsAt } from '../../support/own-registry.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { succeed } from '../../support/round-trip.ts';
import { s3Login, startS3 } from '../../support/s3-server.ts';
import { freePort } from '../../support/take-port.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const fresh = new FreshEngine();
const docker = (args: string[]) => fresh.engine.docker(args);

beforeAll(() => fresh.engine.makeRegistryImage());
afterEach(() => removeAll(fresh.engine.docker));

/** Where containers reach this computer. */
const host = async (): Promise<string> =>
  traits.hasOwnNetworks
    ? (await docker(['network', 'inspect', 'bridge', '--format', '{{(index .IPAM.Config 0).Gateway}}'])).trim()
    : '127.0.0.1';

const region = 'us-east-1';

/** Has the registry keep its images in a bucket. */
async function store(s3: { endpoint: string; bucket: string }): Promise<boolean> {
  const tried = await fresh.app.registries.tryS3({ ...s3Login, region, endpoint: s3.endpoint, bucket: s3.bucket });
  await succeed(fresh.app, { kind: 'store-registry', to: { kind: 's3', s3: tried.s3 } });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running');
  return tried.hasRegistry;
}

/** Starts one that keeps its images in its volume, whatever was chosen before. */
async function startHere(): Promise<string> {
  await succeed(fresh.app, { kind: 'store-registry', to: { kind: 'volume' } });
  return startOwn(fresh.app, { port: await freePort() });
}

test('what is pushed lies in the bucket, whatever is changed on the registry, and another registry has the same images', async () => {
  await using s3 = await startS3({ host: await host() });
  const address = await startHere();
  expect(await store(s3)).toBe(false);
  const where = `${new URL(s3.endpoint).host}/${s3.bucket}`;
  expect(containerOf(fresh.app.registry)).toMatchObject({ address, storage: { kind: 'elsewhere', where } });
  await makeRandomImage(fresh.engine.host, `${address}/it-s3:1`, 12_000_000);
  await succeed(fresh.app, { kind: 'push', references: [`${address}/it-s3:1`], to: 'own-registry' });
  expect(await s3.keys()).toContain('docker/registry/v2/repositories/it-s3/_manifests/tags/1/current/link');

  // each makes its container anew, or starts it again
  const port = await freePort();
  const moved = await startOwn(fresh.app, { port });
  await stopOwn(fresh.app);
  await fresh.restartApp();
  expect(await startOwn(fresh.app)).toBe(moved);
  expect(await tagsAt(moved, 'it-s3')).toEqual(['1']);
  await fresh.app.registries.protect({ username: 'ada' });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running');
  expect(containerOf(fresh.app.registry)).toMatchObject({ hasLogin: true, storage: { kind: 'elsewhere', where } });
  await fresh.app.registries.unprotect();
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running' && !containerOf(fresh.app.registry).hasLogin);
  await succeed(fresh.app, { kind: 'pull', reference: `${moved}/it-s3:1` });

  // back in its volume it has what it had before, and the bucket stays as it is
  await succeed(fresh.app, { kind: 'store-registry', to: { kind: 'volume' } });
  await fresh.app.until(() => fresh.app.registry.registry.state === 'running');
  expect(await tagsAt(moved, 'it-s3')).toEqual([]);
  expect(await store(s3)).toBe(true);
  expect(await tagsAt(moved, 'it-s3')).toEqual(['1']);
});

test('without its container the keys are gone: it is not started without its images, and told where they are', async () => {
  await using s3 = await startS3({ host: await host() });
  await startHere();
  await store(s3);
  await docker(['rm', '--force', containerOf(fresh.app.registry).containerId]);
  await fresh.app.until(() => fresh.app.registry.registry.state === 'absent');
  const bucket = `${new URL(s3.endpoint).host}/${s3.bucket}`;
  expect(fresh.app.registry.registry).toMatchObject({ kept: { bucket } });
  const { failure } = await fresh.app.run({ kind: 'start-registry' });
  expect(failure).toMatchObject({ kind: 'not-found', detail: expect.stringContaining(bucket) });
  await store(s3);
  expect(containerOf(fresh.app.registry).storage).toMatchObject({ kind: 'elsewhere', where: bucket });
});

test('the secret key is in a file that only the registry’s user reads, and nowhere else', async () => {
  await using s3 = await startS3({ host: await host() });
  await startHere();
  await store(s3);
  await pushSmall(fresh.app, 'it-secret:1');
  const container = containerOf(fresh.app.registry).containerId;
  // of one that runs, Podman may send another file of that name
  await stopOwn(fresh.app);
  using copied = new WorkFolder();
  await docker(['cp', `${container}:/etc/docker/registry/config.yml`, copied.file('settings')]);
  expect(readFileSync(copied.file('settings'), 'utf8')).toContain(s3Login.secret);
  expect(statSync(copied.file('settings')).mode & 0o777).toBe(0o600);
  const shown = `${await docker(['inspect', container])} ${await docker(['logs', container])} ${JSON.stringify(fresh.app.tasks.tasks)}`;
  expect(shown).not.toContain(s3Login.secret);
  expect(s3.seen.join('\n')).not.toContain(s3Login.secret);
});

test('a wrong key, a bucket that isn’t there, and storage that isn’t any are told before anything changes', async () => {
  await using s3 = await startS3({ host: await host() });
  const asked = { ...s3Login, region, endpoint: s3.endpoint, bucket: s3.bucket };
  const titleOf = (change: Partial<typeof asked>) =>
    fresh.app.registries.tryS3({ ...asked, ...change }).then(
      () => 'nothing',
      (error: { data?: { title?: string } }) => error.data?.title,
    );
  expect(await titleOf({ secret: 'not-the-secret' })).toBe('The access key or the secret key is wrong');
  expect(await titleOf({ key: 'nobody' })).toBe('The access key or the secret key is wrong');
  expect(await titleOf({ bucket: 'not-there' })).toBe('There’s no such bucket');
  const nobody = `http://127.0.0.1:${await freePort()}`;
  expect(await titleOf({ endpoint: nobody })).toBe(`Nothing answers at ${new URL(nobody).host}`);
  const address = await startHere();
  expect(await titleOf({ endpoint: `http://${address}` })).toBe(`No S3-compatible storage answers at ${address}`);
  expect(await s3.keys()).toEqual([]);
});

test.runIf(traits.hasOwnNetworks)(
  'storage that this computer reaches and a container doesn’t is told, and the registry stays as it was',
  async () => {
    await using s3 = await startS3();
    const address = await startHere();
    await pushSmall(fresh.app, 'it-stays:1');
    const before = containerOf(fresh.app.registry).containerId;
    const { s3: word } = await fresh.app.registries.tryS3({ ...s3Login, region, endpoint: s3.endpoint, bucket: s3.bucket });
    const { failure } = await fresh.app.run({ kind: 'store-registry', to: { kind: 's3', s3: word } });
    expect(failure?.title).toMatch(/^The registry can’t keep anything at /);
    expect(failure?.detail).toContain('“localhost” is the container itself');
    expect(containerOf(fresh.app.registry)).toMatchObject({ containerId: before, address, state: 'running' });
    expect(await tagsAt(address, 'it-stays')).toEqual(['1']);
    expect(await docker(['ps', '--all', '--quiet', '--filter', 'label=app.layerdeck.collector'])).toBe('');
  },
);
