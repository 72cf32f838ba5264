import { expect, test } from 'vitest';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
import { addImage, allOf, browsedRegistry } from '../../support/browsed-registry.ts';

const json = (body: unknown, headers = {}) => ({ status: 200, headers, body: JSON.stringify(body) });

test('a registry with more repositories than one page holds comes page by page, without what is no name', async () => {
  const names = ['Not A Name', '../x', ...Array.from({ length: 2500 }, (_, number) => `app-${String(number).padStart(4, '0')}`)];
  using there = await browsedRegistry(({ url, path }) => {
    if (path !== '/v2/_catalog') return undefined;
    const last = new URL(url, 'http://x').searchParams.get('last');
    const from = last === null ? 0 : names.indexOf(last) + 1;
    const page = names.slice(from, from + 1000);
    return json(
      { repositories: page },
      from + 1000 < names.length ? { link: `</v2/_catalog?last=${page.at(-1)}&n=1000>; rel="next"` } : {},
    );
  });
  const parts = await allOf(there.browse.repositories(there.address, []));
  expect(parts.map((part) => part.kind === 'listed' && [part.names.length, part.odd])).toEqual([
    [998, 2],
    [1000, 0],
    [502, 0],
  ]);
});

for (const status of [401, 403, 404, 405]) {
  test(`a registry that answers its list with ${status} shows what is known from names of images`, async () => {
    using there = await browsedRegistry(({ path }) => (path === '/v2/_catalog' ? { status } : undefined));
    const names = [`${there.address}/team/app:1`, `${there.address}/tool@sha256:${'a'.repeat(64)}`, 'elsewhere/app:1', '<none>:<none>'];
    const [part] = await allOf(there.browse.repositories(there.address, names));
    expect(part).toMatchObject({
      kind: 'unlisted',
      names: ['team/app', 'tool'],
      failure: { kind: status === 401 ? 'sign-in' : 'registry-refused' },
    });
  });
}

test('Docker Hub has no list, and is not asked for one', async () => {
  using there = await browsedRegistry();
  const [part] = await allOf(there.browse.repositories('docker.io', ['redis:7', 'acme/app:1', 'ghcr.io/x/y:1']));
  expect(part).toMatchObject({
    kind: 'unlisted',
    names: ['acme/app', 'library/redis'],
    failure: { title: 'Docker Hub doesn’t list its repositories' },
  });
});

test('a registry that is ill is not one without a list', async () => {
  using there = await browsedRegistry(({ path }) => (path === '/v2/_catalog' ? { status: 500 } : undefined));
  await expect(allOf(there.browse.repositories(there.address, []))).rejects.toMatchObject({ reason: 'broken' });
});

test('twenty thousand tags on one page come in parts, and what can be no tag is counted', async () => {
  const tags = ['-x', 'a b', ...Array.from({ length: 20_000 }, (_, number) => `1.${number}`)];
  using there = await browsedRegistry(({ path }) => (path === '/v2/app/tags/list' ? json({ tags }) : undefined));
  const parts = await allOf(there.browse.tags({ registry: there.address, repository: 'app' }));
  expect(parts.flatMap(({ names }) => names)).toHaveLength(20_000);
  expect(Math.max(...parts.map(({ names }) => names.length))).toBe(1000);
  expect(parts[0]?.odd).toBe(2);
});

test('a repository whose last tag went is empty, and not broken', async () => {
  using there = await browsedRegistry();
  expect(await allOf(there.browse.tags({ registry: there.address, repository: 'gone' }))).toEqual([{ names: [], odd: 0, isUnknown: true }]);
});

test('a broken tag says what is wrong with it, and the others are told', async () => {
  using there = await browsedRegistry(({ path }) => (path.endsWith('/manifests/broken') ? { status: 500 } : undefined));
  const { registry, address } = there;
  const one = addImage(registry, 'app', '1');
  registry.addManifest('app', 'nonsense', '<html>', mediaTypes.image);
  const tags = ['1', 'broken', 'nonsense', 'gone'];
  const answers = (await allOf(there.browse.details({ registry: address, repository: 'app', tags, depth: 'all' }))).flat();
  expect(Object.fromEntries(answers.map(({ tag, ...answer }) => [tag, answer]))).toMatchObject({
    '1': { details: { digest: one, kind: 'image', platforms: ['linux/amd64'], size: 1234, createdAt: Date.parse('2026-01-02T03:04:05Z') } },
    broken: { failure: { kind: 'registry-refused' } },
    nonsense: { failure: { kind: 'registry-refused' } },
    gone: { isGone: true },
  });
});

test('several tags of one image are read once, and only their digests where nothing else is wanted', async () => {
  using there = await browsedRegistry();
  const digest = addImage(there.registry, 'app', '1');
  for (const tag of ['1.0', 'latest']) addImage(there.registry, 'app', tag, '2026-01-02T03:04:05Z');
  const asked = { registry: there.address, repository: 'app', tags: ['1'], depth: 'digest' as const };
  expect((await allOf(there.browse.details(asked))).flat()).toEqual([{ tag: '1', details: { digest } }]);
  expect(there.seen.filter(({ method, path }) => method === 'GET' && path.includes('/app/manifests/'))).toHaveLength(1);
  await allOf(there.browse.details({ ...asked, depth: 'all' }));
  await allOf(there.browse.details({ ...asked, depth: 'all' }));
  expect(there.seen.filter(({ path }) => path.includes('/app/blobs/'))).toHaveLength(1);
});

test('a list, a chart, a signature and a statement are told apart', async () => {
  using there = await browsedRegistry();
  const { registry, address } = there;
  const image = addImage(registry, 'app', 'one');
  const bytes = registry.manifests.get('app:one')?.bytes.length ?? 0;
  const entry = { mediaType: mediaTypes.image, digest: image, size: bytes, platform: { os: 'linux', architecture: 'amd64' } };
  const other = { ...entry, digest: `sha256:${'3'.repeat(64)}`, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } };
  registry.addManifest('app', 'list', { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [other, entry] }, mediaTypes.index);
  const empty = { mediaType: 'application/vnd.oci.empty.v1+json', digest: `sha256:${'4'.repeat(64)}`, size: 2 };
  const config = { mediaType: mediaTypes.config, digest: `sha256:${'5'.repeat(64)}`, size: 2 };
  const put = (tag: string, artifactType: string) =>
    registry.addManifest(
      'app',
      tag,
      { schemaVersion: 2, mediaType: mediaTypes.image, artifactType, config: empty, layers: [] },
      mediaTypes.image,
    );
  put('chart', 'application/vnd.cncf.helm.config.v1+json');
  put('notation', 'application/vnd.cncf.notary.signature');
  put('sbom', 'application/spdx+json');
  const layer = { mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json', digest: `sha256:${'6'.repeat(64)}`, size: 9 };
  registry.addManifest('app', 'cosign', { schemaVersion: 2, mediaType: mediaTypes.image, config, layers: [layer] }, mediaTypes.image);
  const tags = ['list', 'chart', 'notation', 'sbom', 'cosign'];
  const answers = (await allOf(there.browse.details({ registry: address, repository: 'app', tags, depth: 'all' }))).flat();
  const kinds = answers.map((answer) => [answer.tag, 'details' in answer ? answer.details : answer]);
  expect(Object.fromEntries(kinds)).toMatchObject({
    // the size is that of the engine's platform
    list: { kind: 'list', platforms: ['linux/arm64/v8', 'linux/amd64'], sizeFor: 'linux/amd64', size: 1234 },
    chart: { kind: 'other', artifactType: 'application/vnd.cncf.helm.config.v1+json' },
    notation: { kind: 'signature' },
    sbom: { kind: 'attestation' },
    cosign: { kind: 'signature' },
  });
  const list = kinds.find(([tag]) => tag === 'list')?.[1] as { digest: string; ids: string[] };
  expect(list.ids).toEqual(expect.arrayContaining([list.digest, image, other.digest]));
});

test('a list that says anything of its platforms is bounded', async () => {
  using there = await browsedRegistry();
  const { registry, address } = there;
  const image = addImage(registry, 'app', 'one');
  const size = registry.manifests.get('app:one')?.bytes.length ?? 0;
  const entry = { mediaType: mediaTypes.image, digest: image, size, platform: { os: 'x'.repeat(10_000), architecture: 'y' } };
  const manifests = Array.from({ length: 200 }, () => entry);
  registry.addManifest('app', 'list', { schemaVersion: 2, mediaType: mediaTypes.index, manifests }, mediaTypes.index);
  const [answer] = (await allOf(there.browse.details({ registry: address, repository: 'app', tags: ['list'], depth: 'all' }))).flat();
  const { platforms = [], ids = [] } = answer && 'details' in answer ? answer.details : {};
  expect(platforms).toHaveLength(40);
  expect(Math.max(...platforms.map(({ length }) => length))).toBe(60);
  expect(ids.length).toBeLessThan(50);
});

test('looked at closely, an image says what made its layers and what is attached to it', async () => {
  const attached = { digest: `sha256:${'7'.repeat(64)}`, artifactType: 'application/vnd.cncf.notary.signature' };
  using there = await browsedRegistry(({ path }) => (path.includes('/referrers/') ? json({ manifests: [attached] }) : undefined));
  const digest = addImage(there.registry, 'app', '1');
  const look = await there.browse.look({ registry: there.address, repository: 'app', digest });
  expect(look).toMatchObject({ digest, layers: [{ size: 1234, instruction: 'COPY 1 /' }], attached: [{ ...attached, kind: 'signature' }] });
});

test('no login goes to where a registry leads, and none to another registry', async () => {
  using elsewhere = await browsedRegistry();
  const { address: other } = elsewhere;
  const me = { username: 'me', password: 'secret', serveraddress: 'x' };
  const known: Record<string, typeof me> = {};
  using there = await browsedRegistry(({ path, headers }) => {
    if (!headers.authorization) return { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
    if (path === '/v2/_catalog') return json({ repositories: ['app'] }, { link: `<http://${other}/v2/_catalog?last=app>; rel="next"` });
    if (path === '/v2/app/tags/list') return { status: 307, headers: { location: `http://${other}/v2/app/tags/list` } };
    return path.includes('/manifests/') ? { status: 307, headers: { location: `http://${other}${path}` } } : undefined;
  }, known);
  known[there.address] = me;
  addImage(elsewhere.registry, 'app', '1');
  await allOf(there.browse.repositories(there.address, []));
  expect((await allOf(there.browse.tags({ registry: there.address, repository: 'app' }))).flatMap(({ names }) => names)).toEqual(['1']);
  await allOf(there.browse.details({ registry: there.address, repository: 'app', tags: ['1'], depth: 'all' }));
  await allOf(there.browse.repositories(other, []));
  expect(elsewhere.seen.length).toBeGreaterThan(2);
  expect(elsewhere.seen.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  // that the list goes on elsewhere is not believed
  expect(elsewhere.seen.filter(({ url }) => url.includes('last=app'))).toEqual([]);
  expect(there.seen.filter(({ headers }) => headers.authorization !== undefined).length).toBeGreaterThan(2);
});

test('whoever signs in or out is asked anew', async () => {
  const known: Record<string, { username: string; password: string; serveraddress: string }> = {};
  using there = await browsedRegistry(({ headers, path }) => {
    if (headers.authorization) return path === '/v2/_catalog' ? json({ repositories: ['secret'] }) : undefined;
    return { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };
  }, known);
  expect(await allOf(there.browse.repositories(there.address, []))).toMatchObject([{ kind: 'unlisted', failure: { kind: 'sign-in' } }]);
  known[there.address] = { username: 'me', password: 'p', serveraddress: 'x' };
  there.open.forget(there.address);
  expect(await allOf(there.browse.repositories(there.address, []))).toEqual([{ kind: 'listed', names: ['secret'], odd: 0 }]);
});
