import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BackupResult, RestoreResult } from '../../../contract/registry-backup.ts';
import type { Task } from '../../../contract/task.ts';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
import { allOf } from '../../support/browsed-registry.ts';
import { host } from '../../support/engines/own-engine.ts';
import { type Fault, startFaultyDoor } from '../../support/faulty-door.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { Putting } from '../../support/put-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { WorkFolder } from '../../support/work-folder.ts';

let app: TestApp;
let registry: Awaited<ReturnType<typeof runRegistry>>;
let folder: WorkFolder;
/** Every manifest, by repository and digest. */
const made = new Map<string, string>();

beforeAll(async () => {
  app = await startApp(host);
  registry = await runRegistry();
  await fill();
});
afterAll(async () => {
  folder?.[Symbol.dispose]();
  await registry[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});
beforeEach(() => {
  folder?.[Symbol.dispose]();
  folder = new WorkFolder({});
});

/** Lists with untagged images, tags of one image, layers that two repositories share, something about an image, a chart. */
async function fill(): Promise<void> {
  const app1 = new Putting(registry.address, 'acme/app');
  const list = await app1.list(['1.0', 'latest'], ['linux/amd64', 'linux/arm64'], { size: 1_500_000 });
  const single = await app1.image(['0.9', 'old'], { size: 2_000_000 });
  const subject = { mediaType: mediaTypes.image, digest: single, size: (await bytesAt('acme/app', single)).length };
  const config = await app1.blob('{}', 'application/vnd.oci.empty.v1+json');
  const layers = [await app1.blob('{"ingredients":[]}', 'application/spdx+json')];
  const about = { schemaVersion: 2, mediaType: mediaTypes.image, artifactType: 'application/spdx+json', config, layers, subject };
  const sbom = await app1.manifest([`${single.replace(':', '-')}.sbom`], about);
  const shared = JSON.parse((await bytesAt('acme/app', single)).toString()) as { config: { digest: string }; layers: { digest: string }[] };
  for (const { digest } of [shared.config, ...shared.layers]) await mount(digest, 'acme/app', 'acme/web');
  const web = await new Putting(registry.address, 'acme/web').manifest(['2'], shared as never);
  const other = await new Putting(registry.address, 'tools').image(['a', 'b', 'c']);
  for (const [repository, digests] of Object.entries({ 'acme/app': [list, single, sbom], 'acme/web': [web], tools: [other] }))
    for (const digest of digests) made.set(`${repository}@${digest}`, (await bytesAt(repository, digest)).toString());
  const { manifests } = JSON.parse(made.get(`acme/app@${list}`) ?? '') as { manifests: { digest: string }[] };
  for (const { digest } of manifests) made.set(`acme/app@${digest}`, (await bytesAt('acme/app', digest)).toString());
}

async function bytesAt(repository: string, reference: string, address = registry.address): Promise<Buffer> {
  const headers = { accept: Object.values(mediaTypes).join(', ') };
  const answer = await fetch(`http://${address}/v2/${repository}/manifests/${reference}`, { headers });
  expect(answer.status, `${repository} ${reference}`).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function mount(digest: string, from: string, to: string): Promise<void> {
  const answer = await fetch(`http://${registry.address}/v2/${to}/blobs/uploads/?mount=${digest}&from=${from}`, { method: 'POST' });
  expect(answer.status).toBe(201);
}

const order = (address: string, name = 'backup.tar', repositories?: string[]) => ({
  kind: 'back-up-registry' as const,
  registry: address,
  target: app.writable(folder.file(name)),
  ...(repositories && { repositories }),
});
const backUp = (address: string, name?: string, repositories?: string[]): Promise<Task> => app.run(order(address, name, repositories));
const backedUp = (task: Task) => {
  expect(task).toMatchObject({ state: 'succeeded' });
  return task.result as BackupResult;
};
const restoreTo = async (address: string, moving: string[] = []) =>
  app.run({ kind: 'restore-registry', archive: app.readable(folder.file('backup.tar')), registry: address, moving });
const previewOf = async (address: string) =>
  (await allOf(await app.registryBrowse.previewRestore({ archive: app.readable(folder.file('backup.tar')), registry: address }))).at(-1);
const door = (faultOf: (url: string, nth: number) => Fault | undefined = () => undefined) =>
  startFaultyDoor({ port: registry.port }, ({ url = '' }, nth) => faultOf(url, nth));

test('a registry goes into one file and comes back in an empty one, every manifest byte for byte', async () => {
  const result = backedUp(await backUp(registry.address));
  expect(result).toMatchObject({ repositories: 3, tags: 9, leftOut: [], manifests: 6 });
  await using empty = await runRegistry();
  expect(await previewOf(empty.address)).toMatchObject({
    kind: 'preview',
    from: registry.address,
    repositories: 3,
    fresh: 9,
    same: 0,
    moves: [],
  });
  const task = await restoreTo(empty.address);
  expect(task.result).toMatchObject({ repositories: 3, tags: 9, same: 0, moved: [], stayed: [], leftOut: [] });
  for (const [place, text] of made) {
    const [repository = '', digest = ''] = place.split('@');
    expect((await bytesAt(repository, digest, empty.address)).toString()).toBe(text);
  }
  for (const repository of ['acme/app', 'acme/web', 'tools']) {
    const tags = (await registry.tagsOf(repository)).sort();
    expect((await empty.tagsOf(repository)).sort()).toEqual(tags);
    for (const tag of tags) expect(await bytesAt(repository, tag, empty.address)).toEqual(await bytesAt(repository, tag));
  }
  // once more, there is nothing to send
  expect((await restoreTo(empty.address)).result).toMatchObject({ tags: 0, same: 9, sentBytes: 0 });
});

test('another program reads the file: an OCI layout with each blob once, right by its digest, and names that are unique', async () => {
  backedUp(await backUp(registry.address));
  const names = execFileSync('tar', ['--list', '--file', folder.file('backup.tar')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  expect(new Set(names).size).toBe(names.length);
  execFileSync('tar', ['--extract', '--file', folder.file('backup.tar'), '--directory', folder.path]);
  for (const hash of readdirSync(folder.file('blobs/sha256')))
    expect(
      createHash('sha256')
        .update(readFileSync(folder.file(`blobs/sha256/${hash}`)))
        .digest('hex'),
    ).toBe(hash);
  const index = JSON.parse(readFileSync(folder.file('index.json'), 'utf8')) as { manifests: { annotations: Record<string, string> }[] };
  const refs = index.manifests.map(({ annotations }) => annotations['org.opencontainers.image.ref.name']);
  expect(new Set(refs).size).toBe(9);
  expect(refs).toContain(`${registry.address}/acme/web:2`);
  expect(JSON.parse(readFileSync(folder.file('oci-layout'), 'utf8'))).toEqual({ imageLayoutVersion: '1.0.0' });
});

test('an engine loads single repositories of it, under their whole names', async () => {
  backedUp(await backUp(registry.address, 'backup.tar', ['tools']));
  const task = await app.run({ kind: 'load', archive: app.readable(folder.file('backup.tar')) });
  expect(task).toMatchObject({ state: 'succeeded' });
  const names = ['a', 'b', 'c'].map((tag) => `${registry.address}/tools:${tag}`);
  expect(task.result).toMatchObject({ loaded: expect.arrayContaining(names) });
});

test('chosen repositories only', async () => {
  expect(backedUp(await backUp(registry.address, 'backup.tar', ['tools']))).toMatchObject({ repositories: 1, tags: 3, manifests: 1 });
});

test('stopped in the middle it has no name, and goes on with what isn’t there yet', async () => {
  let isHeld = true;
  let reached = () => {};
  const halfway = new Promise<void>((resolve) => {
    reached = resolve;
  });
  using first = await door((url) => {
    if (!isHeld || !url.includes('/blobs/')) return undefined;
    // large ones come one after another; the second breaks off until somebody stops it
    if (fetched(first).size < 7) return undefined;
    reached();
    return { cutAnswerAfter: 1000 };
  });
  const id = app.tasks.start(order(first.address));
  await halfway;
  app.tasks.cancel(id);
  expect((await app.ended(id)).state).toBe('cancelled');
  expect(existsSync(folder.file('backup.tar'))).toBe(false);
  const before = new Set(first.seen.filter(({ url, method, fault }) => method === 'GET' && !fault && isContent(url)).map(({ url }) => url));
  expect(before.size).toBeGreaterThan(5);
  isHeld = false;
  const already = first.seen.length;
  const result = backedUp(await backUp(first.address));
  const after = first.seen.slice(already).filter(({ url, method }) => method === 'GET' && /@|sha256:/.test(url) && isContent(url));
  expect(after.length).toBeGreaterThan(0);
  for (const { url } of after) expect(before).not.toContain(url);
  expect(result.leftOut).toEqual([]);
  expect(result.fetchedBytes).toBeLessThan(result.bytes);
  await using empty = await runRegistry();
  expect((await restoreTo(empty.address)).result).toMatchObject({ tags: 9, leftOut: [] });
  expect(readdirSync(folder.path).sort()).toEqual(['backup.tar']);
});

const isContent = (url: string) => /\/(?:blobs|manifests)\//.test(url);
const fetched = ({ seen }: { seen: { url: string; method: string }[] }) =>
  new Set(seen.filter(({ url, method }) => method === 'GET' && url.includes('/blobs/')).map(({ url }) => url));

test('what was spoiled in the unfinished file is read again', async () => {
  let isGone = true;
  using broken = await door((url) =>
    isGone && url.includes('/blobs/') && fetched(broken).size > 6 ? { status: 503, headers: { 'retry-after': '120' } } : undefined,
  );
  expect((await backUp(broken.address)).state).toBe('failed');
  const part = folder.file(readdirSync(folder.path)[0] ?? '');
  const bytes = readFileSync(part);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 255;
  writeFileSync(part, bytes);
  isGone = false;
  expect(backedUp(await backUp(broken.address)).leftOut).toEqual([]);
  await using empty = await runRegistry();
  expect((await restoreTo(empty.address)).result).toMatchObject({ tags: 9, leftOut: [] });
});

test('a link under the name of the unfinished file is not followed', async () => {
  writeFileSync(folder.file('precious'), 'somebody’s');
  symlinkSync(folder.file('precious'), folder.file('.backup.tar.layerdeck-backup'));
  expect((await backUp(registry.address)).state).toBe('failed');
  expect(readFileSync(folder.file('precious'), 'utf8')).toBe('somebody’s');
});

test('what can’t be read is named, and the rest is whole', async () => {
  const { layers } = JSON.parse((await bytesAt('tools', 'a')).toString()) as { layers: { digest: string }[] };
  using without = await door((url) => (url.includes(layers[0]?.digest ?? '-') ? { status: 404 } : undefined));
  const result = backedUp(await backUp(without.address));
  expect(result.leftOut.map(({ name }) => name)).toEqual([`tools@${layers[0]?.digest}`]);
  await using empty = await runRegistry();
  const restored = (await restoreTo(empty.address)).result as RestoreResult;
  expect(restored.leftOut.map(({ name }) => name).sort()).toEqual(['tools:a', 'tools:b', 'tools:c']);
  expect(restored.tags).toBe(6);
});

test('a registry that goes away meanwhile fails the backup, which goes on when it is back; one that lets nobody in says so', async () => {
  let isGone = true;
  using gone = await door((url) => (isGone && url.includes('/blobs/') ? { status: 503, headers: { 'retry-after': '120' } } : undefined));
  expect(await backUp(gone.address)).toMatchObject({ state: 'failed', failure: { registry: gone.address } });
  expect(existsSync(folder.file('backup.tar'))).toBe(false);
  isGone = false;
  const already = gone.seen.length;
  expect(backedUp(await backUp(gone.address))).toMatchObject({ leftOut: [], tags: 9 });
  // every manifest is in the unfinished file
  expect(gone.seen.slice(already).filter(({ method, url }) => method === 'GET' && url.includes('/manifests/'))).toEqual([]);
  await using locked = await runRegistry({ login: true });
  expect(await backUp(locked.address, 'locked.tar')).toMatchObject({ state: 'failed', failure: { kind: 'sign-in' } });
});

test('a name that leads elsewhere stays, unless one saw that it moves', async () => {
  backedUp(await backUp(registry.address, 'backup.tar', ['tools']));
  await using other = await runRegistry();
  const now = await new Putting(other.address, 'tools').image(['a', 'b']);
  expect(await previewOf(other.address)).toMatchObject({ fresh: 1, same: 0, moves: ['tools:a', 'tools:b'] });
  const task = await restoreTo(other.address, ['tools:b']);
  expect(task.result).toMatchObject({
    tags: 2,
    moved: [{ name: 'tools:b', from: now, to: await registry.digestOf('tools', 'b') }],
    stayed: ['tools:a'],
  });
  expect(await other.digestOf('tools', 'a')).toBe(now);
});

test('a damaged backup brings what is whole, and names the rest; another file is refused', async () => {
  backedUp(await backUp(registry.address, 'backup.tar', ['tools', 'acme/web']));
  const bytes = readFileSync(folder.file('backup.tar'));
  const { layers } = JSON.parse((await bytesAt('acme/web', '2')).toString()) as { layers: { digest: string }[] };
  const at = bytes.indexOf(`blobs/${layers[0]?.digest.replace(':', '/')}`) + 512 + 1000;
  bytes[at] = (bytes[at] ?? 0) ^ 255;
  writeFileSync(folder.file('backup.tar'), bytes);
  await using empty = await runRegistry();
  const result = (await restoreTo(empty.address)).result as RestoreResult;
  expect(result.leftOut).toMatchObject([{ name: 'acme/web:2', failure: { title: 'The backup is damaged' } }]);
  expect(result.tags).toBe(3);
  writeFileSync(folder.file('backup.tar'), 'not a backup');
  expect(await restoreTo(empty.address)).toMatchObject({ state: 'failed', failure: { title: 'The file isn’t a backup of a registry' } });
  expect(await backUp(registry.address, 'backup.tar.gz')).toMatchObject({ state: 'failed', failure: { title: 'A backup isn’t packed' } });
});
