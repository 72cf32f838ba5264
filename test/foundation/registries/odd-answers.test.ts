import { describe, expect, test } from 'vitest';
import { toFailure } from '../../../main/foundation/failures/failure.ts';
import { digestOf } from '../../../main/foundation/formats/digest.ts';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
import { checkMayPush } from '../../../main/foundation/registries/blobs/check-may-push.ts';
import type { Credentials } from '../../../main/foundation/registries/logins/credentials.ts';
import { RegistryClient } from '../../../main/foundation/registries/registry-client.ts';
import { listPlatforms, readRemoteImage } from '../../../main/foundation/registries/remote-image.ts';
import { Repository } from '../../../main/foundation/registries/repository.ts';
import { type FakeRequest, type Hook, type Oddity, startFakeRegistry } from '../../support/fake-registry.ts';

const me: Credentials = { username: 'me', password: 'secret', serveraddress: 'r' };

/** A registry that lets in whoever shows the token `good`, and sends everybody else to `challenge`. */
function lockedBy(challenge: (address: string) => string, giveToken: (request: FakeRequest) => Oddity): Hook {
  return (request) => {
    if (request.path.startsWith('/token')) return giveToken(request);
    if (request.headers.authorization === 'Bearer good') return undefined;
    return { status: 401, headers: { 'www-authenticate': challenge(`http://${request.headers.host}`) } };
  };
}

const bearer = (address: string) => `Bearer realm="${address}/token",service="s"`;
const gives = (answer: object): Oddity => ({ status: 200, body: JSON.stringify(answer) });

/** What became of reading an image's tag there. */
async function read(hook: Hook, login: Credentials | undefined = me) {
  using fake = await startFakeRegistry(hook);
  fake.registry.addManifest('app', '1', { config: fake.registry.addBlob('{"rootfs":{}}'), layers: [] }, mediaTypes.image);
  using client = await RegistryClient.open({ registry: fake.address, login, isInsecure: true });
  const found = await new Repository(client, 'app').findManifest('1').catch((error) => toFailure(error));
  return { found, seen: fake.seen };
}

describe('tokens, as they are given', () => {
  test.each([
    { token: 'good' },
    { token: 'good', refresh_token: null, expires_in: null, access_token: null, issued_at: null },
    { access_token: 'good', token: null },
    { token: '', access_token: 'good' },
  ])('%j', async (answer) => {
    expect((await read(lockedBy(bearer, () => gives(answer)))).found).toMatchObject({ manifest: { kind: 'image' } });
  });

  test.each([{}, { token: '' }, { token: null }, []])('%j is not a token, and the sign-in gets the blame', async (answer) => {
    expect((await read(lockedBy(bearer, () => gives(answer)))).found).toMatchObject({ kind: 'sign-in' });
  });

  test.each<[string, (address: string) => string]>([
    ['two ways in one line', (address) => `${bearer(address)}, Basic realm="Registry"`],
    ['the other order', (address) => `Basic realm="Registry", ${bearer(address)}`],
    ['a relative address', () => 'Bearer realm="/token",service="s"'],
  ])('asked for by %s', async (_, challenge) => {
    const { found, seen } = await read(lockedBy(challenge, () => gives({ token: 'good' })));
    expect(found).toMatchObject({ manifest: { kind: 'image' } });
    const asked = seen.find(({ path }) => path === '/token');
    expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`);
    expect(new URL(asked?.url ?? '', 'http://x').searchParams.get('account')).toBe('me');
  });

  test('from a token service that has moved', async () => {
    const moved: Hook = lockedBy(bearer, ({ path }) =>
      path === '/token' ? { status: 307, headers: { location: '/token/new' } } : gives({ token: 'good' }),
    );
    expect((await read(moved)).found).toMatchObject({ manifest: { kind: 'image' } });
  });

  test('no login is sent to another host that the token service redirects to', async () => {
    using other = await startFakeRegistry(() => gives({ token: 'good' }));
    const { found } = await read(lockedBy(bearer, () => ({ status: 302, headers: { location: `http://${other.address}/token` } })));
    expect(found).toMatchObject({ manifest: { kind: 'image' } });
    expect(other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('a token is shown to the registry unchanged', async () => {
    const never = (): Oddity => ({ status: 500 });
    const { found } = await read(lockedBy(bearer, never), { registrytoken: 'good', serveraddress: 'r' });
    expect(found).toMatchObject({ manifest: { kind: 'image' } });
  });

  test.each([405, 500, 503])('the status %d of the token service has words of its own', async (status) => {
    const { found } = await read(lockedBy(bearer, () => ({ status })));
    expect(found).toMatchObject({ kind: expect.stringMatching(/^registry/) });
  });
});

describe('rights', () => {
  const mayOnlyRead = ({ method, headers, path }: FakeRequest): Oddity | undefined => {
    if (path === '/token') return gives({ token: 'good' });
    const challenge = bearer(`http://${headers.host}`);
    if (headers.authorization !== 'Bearer good') return { status: 401, headers: { 'www-authenticate': challenge } };
    return method === 'POST' ? { status: 401, headers: { 'www-authenticate': `${challenge},error="insufficient_scope"` } } : undefined;
  };

  test.each([
    [me, { kind: 'registry-refused', title: expect.stringContaining('You may not push to') }],
    [undefined, { kind: 'sign-in', title: expect.stringContaining('wants you to sign in') }],
  ])('a valid sign-in without the rights is not called a wrong sign-in', async (login, failure) => {
    using fake = await startFakeRegistry(mayOnlyRead);
    using client = await RegistryClient.open({ registry: fake.address, login, isInsecure: true });
    const refused = await checkMayPush(new Repository(client, 'other/app')).catch((error) => toFailure(error));
    expect(refused).toMatchObject(failure);
  });
});

describe('images, as programs in Go write them', () => {
  const lists = { os: 'linux', architecture: 'amd64' };

  test.each([
    ['an empty layer list', '{"os":"linux","architecture":"amd64","config":{},"rootfs":{"type":"layers","diff_ids":null}}', { layers: [] }],
    ['no layer list', '{"os":"linux","architecture":"amd64","rootfs":{"type":"layers"}}', {}],
    [
      'null for a layer list',
      '{"os":"linux","architecture":"amd64","rootfs":{"type":"layers"},"variant":null,"created":null}',
      { layers: null },
    ],
  ])('%s', async (_, config, members) => {
    using fake = await startFakeRegistry();
    const { registry } = fake;
    const manifest = { schemaVersion: 2, config: registry.addBlob(config, mediaTypes.config), ...members };
    const digest = registry.addManifest('app', '1', manifest, mediaTypes.image);
    registry.addManifest(
      'app',
      'list',
      { manifests: [{ mediaType: mediaTypes.image, digest, size: 1, platform: null }] },
      mediaTypes.index,
    );
    using client = await RegistryClient.open({ registry: fake.address, login: undefined, isInsecure: true });
    const repository = new Repository(client, 'app');
    expect(await readRemoteImage(repository, digest)).toMatchObject({
      layers: [],
      diffIds: [],
      platform: `${lists.os}/${lists.architecture}`,
    });
    expect(await listPlatforms(repository, await repository.manifest('list'), true)).toMatchObject([{ platform: 'unknown', size: 0 }]);
  });

  test('a chart isn’t one', async () => {
    using fake = await startFakeRegistry();
    const config = fake.registry.addBlob('{"name":"chart"}', 'application/vnd.cncf.helm.config.v1+json');
    const digest = fake.registry.addManifest('app', '1', { config, layers: [] }, mediaTypes.image);
    using client = await RegistryClient.open({ registry: fake.address, login: undefined, isInsecure: true });
    await expect(readRemoteImage(new Repository(client, 'app'), digest)).rejects.toMatchObject({
      failure: { title: 'There’s something with that name, but it isn’t an image' },
    });
  });
});

describe('redirects of a registry', () => {
  test('in circles', async () => {
    const { found } = await read(({ path }) => (path.includes('/manifests/') ? { status: 302, headers: { location: path } } : undefined));
    expect(found).toMatchObject({ title: expect.stringContaining('redirects in circles') });
  });

  test('to something that isn’t an address', async () => {
    const { found } = await read(({ path }) =>
      path.includes('/manifests/') ? { status: 302, headers: { location: 'http://[' } } : undefined,
    );
    expect(found).toMatchObject({ title: expect.stringContaining('makes no sense') });
  });

  test('to another host to begin an upload: nothing is asked there', async () => {
    using other = await startFakeRegistry();
    using fake = await startFakeRegistry(({ method }) =>
      method === 'POST' ? { status: 307, headers: { location: `http://${other.address}/v2/app/blobs/uploads/` } } : undefined,
    );
    using client = await RegistryClient.open({ registry: fake.address, login: me, isInsecure: true });
    const refused = await checkMayPush(new Repository(client, 'app')).catch((error) => toFailure(error));
    expect(refused).toMatchObject({ title: expect.stringContaining('sends you to another address') });
    expect(other.seen).toEqual([]);
  });
});

test('a stop does not wait for a silent registry', async () => {
  using fake = await startFakeRegistry(({ method }) => (method === 'GET' ? { silent: true } : undefined));
  const stop = new AbortController();
  const opening = RegistryClient.open({ registry: fake.address, login: undefined, isInsecure: true }, stop.signal);
  stop.abort();
  await expect(opening).rejects.toThrow('aborted');
});

test('an impossible address is said not to be an address', async () => {
  const opening = RegistryClient.open({ registry: 'localhost:99999', login: undefined, isInsecure: true });
  await expect(opening).rejects.toMatchObject({
    failure: { kind: 'name-invalid', title: '“localhost:99999” isn’t a registry’s address' },
  });
});

test.each([200, 202])('a registry that answers %i to a manifest but does not have it is not believed', async (status) => {
  using fake = await startFakeRegistry(({ method, path }) => (method === 'PUT' && path.includes('/manifests/') ? { status } : undefined));
  using client = await RegistryClient.open({ registry: fake.address, login: me, isInsecure: true });
  const bytes = Buffer.from('{}');
  const put = new Repository(client, 'app').putManifest('1', { bytes, mediaType: mediaTypes.image, digest: digestOf(bytes) });
  expect(toFailure(await put.catch((error: unknown) => error))).toMatchObject({ kind: 'registry-refused' });
});
