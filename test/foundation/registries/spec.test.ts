import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOf } from '../../../main/foundation/formats/digest.ts';
import { mediaTypes, understood } from '../../../main/foundation/formats/manifest.ts';
import { uploadBlob } from '../../../main/foundation/registries/blobs/upload-blob.ts';
import { RegistryClient } from '../../../main/foundation/registries/registry-client.ts';
import { Repository } from '../../../main/foundation/registries/repository.ts';
import { type FakeRequest, type Hook, startFakeRegistry } from '../../support/fake-registry.ts';

// The client's side of OCI's distribution specification 1.1, sentence by sentence; more of it is in the tests beside this one.

type Fake = Awaited<ReturnType<typeof startFakeRegistry>>;
let fake: Fake;
let other: Fake;
let hook: Hook;
let client: RegistryClient;
let repository: Repository;

beforeEach(async () => {
  hook = () => undefined;
  fake = await startFakeRegistry((request, nth) => hook(request, nth));
  other = await startFakeRegistry();
  client = await RegistryClient.open({
    registry: fake.address,
    login: { username: 'me', password: 'p', serveraddress: 'x' },
    isInsecure: true,
  });
  repository = new Repository(client, 'app');
});
afterEach(() => {
  client.close();
  fake[Symbol.dispose]();
  other[Symbol.dispose]();
});

const asked = (matches: (request: FakeRequest) => boolean) => fake.seen.filter(matches);
const options = { signal: new AbortController().signal, onBytes: () => {}, onWait: () => {} };

const bytes = randomBytes(9_000_000);
const blob = {
  digest: digestOf(bytes),
  size: bytes.length,
  open: async (from: number) => Readable.from([bytes.subarray(from)], { objectMode: false }),
};
const manifestOf = () => ({ mediaType: mediaTypes.image, config: fake.registry.addBlob('{}'), layers: [] });

test('“include an Accept header indicating which manifest content types it supports”', async () => {
  fake.registry.addManifest('app', '1', manifestOf(), mediaTypes.image);
  await repository.manifest('1');
  expect(asked(({ path }) => path.includes('/manifests/'))[0]?.headers.accept).toBe(understood);
});

test('“verify that the returned body matches the requested digest” and “SHOULD NOT use” what a header says about it', async () => {
  const digest = fake.registry.addManifest('app', '1', manifestOf(), mediaTypes.image);
  hook = ({ path }) =>
    path.includes('/manifests/') ? { status: 200, headers: { 'docker-content-digest': digest }, body: '{"config":1}' } : undefined;
  await expect(repository.manifest(digest)).rejects.toMatchObject({
    failure: { title: 'The registry sent something other than it promised' },
  });
});

test('“Clients SHOULD set the Content-Type header” to the media type of the manifest, and its bytes stay as they are', async () => {
  const text = Buffer.from(`{ "mediaType":"${mediaTypes.dockerImage}" ,\n"layers":[ ] }`);
  await repository.putManifest('1', { bytes: text, mediaType: mediaTypes.dockerImage, digest: digestOf(text) });
  expect(fake.registry.manifests.get('app:1')).toEqual({ bytes: text, type: mediaTypes.dockerImage });
});

test.each([(path: string) => path, (path: string, address: string) => `http://${address}${path}`])(
  '“<location> MAY be absolute or relative”, and “any query parameters” of it are kept (%#)',
  async (locationFor) => {
    hook = ({ method, path, headers }) => {
      if (method !== 'POST') return undefined;
      fake.registry.uploads.set('one', []);
      return { status: 202, headers: { location: `${locationFor(`${path}one`, headers.host ?? '')}?state=a%2Bb&x=1` } };
    };
    expect(await uploadBlob(repository, blob, options)).toBe('sent');
    const put = asked(({ method }) => method === 'PUT')[0];
    const query = new URL(put?.url ?? '', 'http://x').searchParams;
    // the address in the registry's answer to the bytes counts, and has no query here
    expect(query.get('digest')).toBe(blob.digest);
    expect(asked(({ method }) => method === 'PATCH')[0]?.url).toContain('state=a%2Bb&x=1');
  },
);

test('“If a registry does not support cross-repository mounting … SHOULD return a 202”: then it is sent', async () => {
  expect(await uploadBlob(repository, blob, { ...options, mountFrom: 'elsewhere' })).toBe('sent');
  const post = asked(({ method }) => method === 'POST')[0];
  expect(new URL(post?.url ?? '', 'http://x').searchParams.get('mount')).toBe(blob.digest);
  expect(fake.registry.blobs.get(blob.digest)?.equals(bytes)).toBe(true);
});

test('“Content-Range … MUST match ^[0-9]+-[0-9]+$”, in order, and no piece smaller than OCI-Chunk-Min-Length but for the last', async () => {
  hook = ({ method, path }, nth) => {
    if (method === 'POST') {
      fake.registry.uploads.set('one', []);
      return { status: 202, headers: { location: `${path}one`, 'oci-chunk-min-length': '5000000' } };
    }
    return method === 'PATCH' && nth === 1 ? { cutAfter: 0 } : undefined;
  };
  expect(await uploadBlob(repository, blob, options)).toBe('sent');
  const pieces = asked(({ method }) => method === 'PATCH').slice(1);
  const ranges = pieces.map(({ headers }) => /^(\d+)-(\d+)$/.exec(String(headers['content-range']))?.slice(1).map(Number) ?? []);
  for (const [first = 0, last = 0] of ranges.slice(0, -1)) expect(last - first + 1).toBeGreaterThanOrEqual(5_000_000);
  expect(ranges.at(-1)?.[1]).toBe(bytes.length - 1);
  expect(fake.registry.blobs.get(blob.digest)?.equals(bytes)).toBe(true);
});

test('“MUST NOT send the Authorization header” to another host that the registry redirects to for a blob', async () => {
  const { digest } = other.registry.addBlob('{}');
  hook = ({ path, headers }) => {
    if (headers.authorization === undefined) return { status: 401, headers: { 'www-authenticate': 'Basic' } };
    return path.includes('/blobs/') ? { status: 307, headers: { location: `http://${other.address}${path}` } } : undefined;
  };
  expect(await repository.blob(digest, 100)).toEqual(Buffer.from('{}'));
  expect(asked(({ path }) => path.includes('/blobs/')).at(-1)?.headers.authorization).toMatch(/^Basic /);
  expect(other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('“Clients SHOULD print … Warning headers”, each once, and none in another form', async () => {
  const headers = { warning: '110 - "stale", 299 - "this registry moves on Sunday", 299 other "x"' };
  hook = ({ path }) => (path.includes('/blobs/') ? { status: 404, headers } : undefined);
  for (const _ of [1, 2]) await repository.hasBlob(blob);
  expect([...client.warnings]).toEqual(['this registry moves on Sunday']);
});

test('“errors” in an answer are “OPTIONAL”', async () => {
  hook = ({ path }) => (path.includes('/blobs/') ? { status: 400, body: 'odd' } : undefined);
  await expect(repository.blob(blob.digest, 100)).rejects.toMatchObject({ failure: { kind: 'registry-refused' } });
});
