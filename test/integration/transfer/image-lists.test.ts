import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ListPart } from '../../../contract/image-list.ts';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { host, traits } from '../../support/engines/own-engine.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { Putting } from '../../support/put-image.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
let app: TestApp;
let registry: Awaited<ReturnType<typeof runRegistry>>;

beforeAll(async () => {
  app = await startApp(host);
  registry = await runRegistry();
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

const into = (repository: string) => new Putting(registry.address, repository);
const at = (name: string) => `${registry.address}/${name}`;
const part = (name: string): ListPart => ({ from: 'registry', reference: at(name) });
const accept = { accept: Object.values(mediaTypes).join(', ') };
const read = (repository: string, reference: string) =>
  fetch(`http://${registry.address}/v2/${repository}/manifests/${reference}`, { headers: accept });

type Entry = { mediaType: string; digest: string; size: number; platform: { os: string; architecture: string; variant?: string } };
async function listAt(repository: string, tag: string) {
  const answer = await read(repository, tag);
  const list = (await answer.json()) as { mediaType: string; manifests: Entry[] };
  return { ...list, digest: answer.headers.get('docker-content-digest') };
}

/** Previews, and puts together all that the preview names. */
async function putTogether(target: string, parts: ListPart[], keys?: string[]) {
  const preview = await app.registryBrowse.previewList({ into: at(target), parts });
  const chosen = keys ?? preview.entries.map(({ key }) => key);
  const replaces = preview.replaces?.digest ?? null;
  return { preview, task: await app.run({ kind: 'put-together', into: at(target), parts, chosen, replaces }) };
}

test('tags of several repositories become one list, from which the engine gets the right platform', async () => {
  const amd = await into('list/app').image(['1-amd64'], { platform: 'linux/amd64' });
  const arm = await into('list/arm/app').image(['1'], { platform: 'linux/arm64/v8', size: 50_000 });
  const { preview, task } = await putTogether('list/app:1', [part('list/app:1-amd64'), part('list/arm/app:1')]);
  expect(preview.entries).toEqual([
    expect.objectContaining({ key: amd, platform: 'linux/amd64', way: 'there-already', toSend: 0 }),
    expect.objectContaining({ key: arm, platform: 'linux/arm64/v8', way: 'mount', toSend: 0 }),
  ]);
  // the registry takes the layer from its other repository: no byte of it is sent
  expect(task.result).toMatchObject({ kind: 'put-together', platforms: ['linux/amd64', 'linux/arm64/v8'], sentLayers: 0 });
  const list = await listAt('list/app', '1');
  expect(list.mediaType).toBe(mediaTypes.index);
  expect(list.manifests.map(({ digest, platform }) => [digest, platform])).toEqual([
    [amd, { architecture: 'amd64', os: 'linux' }],
    [arm, { architecture: 'arm64', os: 'linux', variant: 'v8' }],
  ]);
  await docker(['pull', '--platform', 'linux/arm64', at('list/app:1')]);
  expect((await docker(['image', 'inspect', '--format', '{{.Architecture}}', at('list/app:1')])).trim()).toBe('arm64');
});

// with containerd's store, docker pushes images in OCI's form, which its own command of 20.10 doesn't know
test.skipIf(traits.hasPlatforms)(
  'docker’s own images become docker’s own list, with the same content as docker manifest makes',
  async () => {
    const pushed = async (name: string, tag: string) => {
      await makeRandomImage(host, at(`${name}:${tag}`), 2000);
      await docker(['push', at(`${name}:${tag}`)]);
    };
    await pushed('list/own', 'amd64');
    // the same with another platform in its configuration
    const { config, layers } = (await (await read('list/own', 'amd64')).json()) as { config: Entry; layers: Entry[] };
    const made = (await (await fetch(`http://${registry.address}/v2/list/own/blobs/${config.digest}`)).json()) as object;
    const other = await into('list/own').blob(JSON.stringify({ ...made, architecture: 'arm64' }), config.mediaType);
    await into('list/own').manifest(['arm64'], { schemaVersion: 2, mediaType: mediaTypes.dockerImage, config: other, layers });
    const { task } = await putTogether('list/own:ours', [part('list/own:amd64'), part('list/own:arm64')]);
    expect(task.state).toBe('succeeded');

    const env = { DOCKER_CLI_EXPERIMENTAL: 'enabled' };
    const theirs = at('list/own:theirs');
    const config2 = ['manifest', 'create', '--insecure', theirs, at('list/own:amd64'), at('list/own:arm64')];
    await inOneFolder(env, [config2, ['manifest', 'push', '--insecure', theirs]]);
    const [ours, dockers] = [await listAt('list/own', 'ours'), await listAt('list/own', 'theirs')];
    expect(ours.mediaType).toBe(dockers.mediaType);
    const sorted = (entries: Entry[]) => entries.toSorted((a, b) => a.digest.localeCompare(b.digest));
    expect(sorted(ours.manifests)).toEqual(sorted(dockers.manifests));

    await docker(['rmi', '--force', at('list/own:amd64')]);
    await docker(['pull', at('list/own:ours')]);
    expect((await docker(['image', 'inspect', '--format', '{{.Architecture}}', at('list/own:ours')])).trim()).toBe('amd64');
    await docker(['pull', '--platform', 'linux/arm64', at('list/own:ours')]);
    expect((await docker(['image', 'inspect', '--format', '{{.Architecture}}', at('list/own:ours')])).trim()).toBe('arm64');
  },
);

test('an image of the engine is pushed first, under a tag of its own', async () => {
  await makeRandomImage(host, 'it-list-local:1', 30_000);
  await into('list/mixed').image(['1-arm64'], { platform: 'linux/arm64' });
  const parts: ListPart[] = [part('list/mixed:1-arm64'), { from: 'engine', reference: 'it-list-local:1' }];
  const { preview, task } = await putTogether('list/mixed:1', parts);
  expect(preview.entries[1]).toMatchObject({ way: 'push', platform: 'linux/amd64', tag: { name: '1-amd64' } });
  expect(task).toMatchObject({ state: 'succeeded' });
  const list = await listAt('list/mixed', '1');
  expect(list.manifests.map(({ platform }) => platform.architecture)).toEqual(['arm64', 'amd64']);
  expect(list.manifests[1]?.digest).toBe((await read('list/mixed', '1-amd64')).headers.get('docker-content-digest'));
  await docker(['rmi', '--force', at('list/mixed:1-amd64'), 'it-list-local:1']);
  await docker(['pull', at('list/mixed:1')]);
});

test('an image comes from another registry, byte for byte', async () => {
  await using other = await runRegistry();
  const arm = await new Putting(other.address, 'far/app').image(['1'], { platform: 'linux/arm64', size: 20_000 });
  await into('list/far').image(['amd64']);
  const parts: ListPart[] = [part('list/far:amd64'), { from: 'registry', reference: `${other.address}/far/app:1@${arm}` }];
  const { preview, task } = await putTogether('list/far:1', parts);
  expect(preview.entries[1]).toMatchObject({ way: 'send' });
  expect(preview.entries[1]?.toSend).toBeGreaterThan(20_000);
  expect(task.result).toMatchObject({ sentLayers: 1 });
  expect((await read('list/far', arm)).status).toBe(200);
});

test('two for one platform are refused, and nothing is put under the name; one left out, it goes', async () => {
  const first = await into('list/two').image(['a'], { platform: 'linux/arm64' });
  const second = await into('list/two').image(['b'], { platform: 'linux/arm64/v8' });
  const amd = await into('list/two').image(['c']);
  const parts = [part('list/two:a'), part('list/two:b'), part('list/two:c')];
  const { preview, task } = await putTogether('list/two:all', parts);
  expect(new Set(preview.entries.map(({ slot }) => slot)).size).toBe(2);
  expect(task).toMatchObject({ state: 'failed', failure: { title: 'Two of the images are for linux/arm64/v8' } });
  expect((await read('list/two', 'all')).status).toBe(404);
  expect((await putTogether('list/two:all', parts, [second, amd])).task.state).toBe('succeeded');
  expect((await listAt('list/two', 'all')).manifests.map(({ digest }) => digest)).toEqual([second, amd]);
  expect((await putTogether('list/two:all', parts, [first])).task.failure?.title).toBe('A list needs two images at least');
});

test('a name moves only if it is where one saw it, and is moved back', async () => {
  const before = await into('list/moved').image(['1', 'amd64']);
  await into('list/moved').image(['arm64'], { platform: 'linux/arm64' });
  const parts = [part('list/moved:amd64'), part('list/moved:arm64')];
  const { preview, task } = await putTogether('list/moved:1', parts);
  expect(preview.replaces).toEqual({ digest: before, platforms: [{ platform: 'linux/amd64', slot: 'linux/amd64' }] });
  const { digest } = task.result as { digest: string };
  const chosen = preview.entries.map(({ key }) => key);
  const late = await app.run({ kind: 'put-together', into: at('list/moved:1'), parts, chosen, replaces: before });
  expect(late).toMatchObject({ state: 'failed', failure: { title: `${at('list/moved:1')} has moved in the meantime` } });
  const back = await app.run({ kind: 'move-registry-tag', reference: at('list/moved:1'), to: before, from: digest });
  expect(back.state).toBe('succeeded');
  expect((await read('list/moved', '1')).headers.get('docker-content-digest')).toBe(before);
  const { lines } = await app.tags.timeline({ repository: at('list/moved'), from: 0, inRegistry: true });
  expect(lines.find(({ tag }) => tag === '1')?.moves.some(({ by }) => by?.kind === 'put-together')).toBe(true);
});

test('a list is taken apart: its images get tags, with what is stated about them if one wants that', async () => {
  const repository = into('list/apart');
  const list = await repository.list(['plain'], ['linux/amd64', 'linux/arm/v7']);
  const { manifests } = await listAt('list/apart', 'plain');
  const [amd, arm] = manifests as [Entry, Entry];
  const statement = await repository.blob('{"about":"it"}', 'application/vnd.in-toto+json');
  const config = await repository.blob('{}', mediaTypes.config);
  const about = await repository.manifest(['statement'], { schemaVersion: 2, mediaType: mediaTypes.image, config, layers: [statement] });
  const size = (await (await read('list/apart', about)).arrayBuffer()).byteLength;
  const annotations = { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': amd.digest };
  const stated = { mediaType: mediaTypes.image, digest: about, size, platform: { os: 'unknown', architecture: 'unknown' }, annotations };
  const whole = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [amd, arm, stated] };
  const attested = await repository.manifest(['1'], whole);
  const place = { registry: registry.address, repository: 'list/apart' };
  const platforms = await app.registryBrowse.platforms({ ...place, digest: attested, tag: '1' });
  expect(platforms).toMatchObject([
    { digest: amd.digest, platform: 'linux/amd64', proposed: '1-amd64', statements: 1 },
    { digest: arm.digest, platform: 'linux/arm/v7', proposed: '1-arm-v7', statements: 0 },
  ]);
  const items = platforms.map(({ digest, proposed }) => ({ digest, tag: proposed, from: null }));
  const apart = await app.run({ kind: 'take-apart', ...place, list: attested, items, withStatements: false });
  expect(apart.result).toMatchObject({ put: items.map(({ tag, digest }) => ({ tag, digest })), refused: [] });
  expect((await read('list/apart', '1-arm-v7')).headers.get('docker-content-digest')).toBe(arm.digest);

  // a tag that is taken by now stays, and the others go on
  const again = [...items.slice(0, 1), ...items.slice(1).map((item) => ({ ...item, tag: 'fresh' }))];
  const mixed = await app.run({ kind: 'take-apart', ...place, list: attested, items: again, withStatements: true });
  expect(mixed.result).toMatchObject({ put: [{ tag: 'fresh' }], refused: [{ tag: '1-amd64' }] });
  const kept = [{ digest: amd.digest, tag: 'kept', from: null }];
  await app.run({ kind: 'take-apart', ...place, list: attested, items: kept, withStatements: true });
  expect((await listAt('list/apart', 'kept')).manifests.map(({ digest }) => digest)).toEqual([amd.digest, about]);

  // and put together again, it is what it was
  const together = await putTogether('list/apart:again', [part('list/apart:kept'), part('list/apart:1-arm-v7')]);
  expect(together.preview.entries.map(({ statements }) => statements)).toEqual([1, 0]);
  expect(await listAt('list/apart', 'again')).toMatchObject({ manifests: whole.manifests });
  expect(list).not.toBe(attested);
});

/** `docker manifest` keeps what it has made in the folder of its settings. */
async function inOneFolder(env: Record<string, string>, commands: string[][]): Promise<void> {
  using folder = new WorkFolder({});
  for (const command of commands) await docker(command, { env: { ...env, DOCKER_CONFIG: folder.path } });
}
