import { describe, expect, test } from 'vitest';
import { toFailure } from '../../../main/foundation/failures/failure.ts';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
import { readPages } from '../../../main/foundation/registries/read-pages.ts';
import { enterReferrer, referrersTag } from '../../../main/foundation/registries/referrers.ts';
import { RegistryClient } from '../../../main/foundation/registries/registry-client.ts';
import { readRemoteImage } from '../../../main/foundation/registries/remote-image.ts';
import { Repository } from '../../../main/foundation/registries/repository.ts';
import { type Hook, startFakeRegistry } from '../../support/fake-registry.ts';

async function open(hook?: Hook) {
  const fake = await startFakeRegistry(hook);
  const client = await RegistryClient.open({ registry: fake.address, login: undefined, isInsecure: true });
  return {
    fake,
    client,
    repository: new Repository(client, 'app'),
    [Symbol.dispose]: () => {
      client.close();
      fake[Symbol.dispose]();
    },
  };
}

const titleOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'it came',
    (error: unknown) => toFailure(error).title,
  );

describe('digests', () => {
  test('of another registered algorithm are checked as well', async () => {
    using at = await open();
    const { registry } = at.fake;
    const config = registry.addBlob('{"os":"linux","rootfs":{}}', mediaTypes.config, 'sha512');
    registry.addManifest('app', '1', { config, layers: [] }, mediaTypes.image);
    const [name = ''] = [...registry.manifests.keys()].filter((key) => key.includes('sha512'));
    const digest = name.slice('app:'.length);
    expect(await readRemoteImage(at.repository, digest)).toMatchObject({ digest, config, layers: [] });

    registry.blobs.set(config.digest, Buffer.from('{"os":"other","rootfs":{}}'));
    expect(await titleOf(readRemoteImage(at.repository, digest))).toBe('The registry sent something other than it promised');
    registry.manifests.set(name, { bytes: Buffer.from('{"config":1}'), type: mediaTypes.image });
    expect(await titleOf(at.repository.manifest(digest))).toBe('The registry sent something other than it promised');
  });

  test('of an unknown algorithm are not trusted', async () => {
    using at = await open();
    at.fake.registry.manifests.set(`app:md6:${'0'.repeat(64)}`, { bytes: Buffer.from('{}'), type: mediaTypes.image });
    expect(await titleOf(at.repository.manifest(`md6:${'0'.repeat(64)}`))).toBe('The digest “md6” can’t be checked');
  });
});

describe('the media type that a manifest is served with', () => {
  const manifest = (at: Awaited<ReturnType<typeof open>>) => ({
    mediaType: mediaTypes.image,
    config: at.fake.registry.addBlob('{}'),
    layers: [],
  });

  test.each([mediaTypes.image, `${mediaTypes.image}; charset=utf-8`, 'application/json', 'text/plain; charset=utf-8'])(
    '%s fits',
    async (type) => {
      using at = await open();
      at.fake.registry.addManifest('app', '1', manifest(at), type);
      expect(await at.repository.manifest('1')).toMatchObject({ mediaType: mediaTypes.image });
    },
  );

  test.each([mediaTypes.index, mediaTypes.dockerImage, 'text/html'])('%s does not', async (type) => {
    using at = await open();
    at.fake.registry.addManifest('app', '1', manifest(at), type);
    expect(await titleOf(at.repository.manifest('1'))).toContain('doesn’t answer like an image registry');
  });
});

describe('lists in pages', () => {
  const list = (at: Awaited<ReturnType<typeof open>>, most = 10_000) =>
    readPages(at.client, { url: '/v2/app/tags/list', member: 'tags', scopes: [], most });
  const page = (tags: unknown, next?: string) => ({
    status: 200,
    headers: next === undefined ? {} : { link: `<${next}>; rel="next"` },
    body: JSON.stringify({ tags }),
  });

  test('are read to the end, by addresses of any kind', async () => {
    using at = await open(({ url, headers }) => {
      if (!url.includes('tags')) return undefined;
      if (url.includes('last=b')) return page(['c', 'd'], `http://${headers.host}/v2/app/tags/list?last=d`);
      return url.includes('last=d') ? page(['e']) : page(['a', 'b'], '/v2/app/tags/list?last=b');
    });
    expect(await list(at)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await list(at, 3)).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['the same page again', () => page(['a', 'b'], '/v2/app/tags/list')],
    [
      'an empty page that leads on',
      (url: string) => (url.includes('last') ? page(null, `${url}x`) : page(['a', 'b'], '/v2/app/tags/list?last=b')),
    ],
    [
      'the same names under other addresses',
      (url: string) => page(['a', 'b'], `/v2/app/tags/list?x=${url.length}${'x'.repeat(url.length % 9)}`),
    ],
  ])('end with %s', async (_, answer) => {
    using at = await open(({ url }) => (url.includes('tags') ? answer(url) : undefined));
    expect(await list(at)).toEqual(['a', 'b']);
    expect(at.fake.seen.length).toBeLessThan(5);
  });

  test('that aren’t lists are reported as such', async () => {
    using at = await open(({ url }) => (url.includes('tags') ? { status: 200, body: '<html>' } : undefined));
    expect(await titleOf(list(at))).toContain('makes no sense');
  });
});

test('a manifest about another one is entered into that one’s list, once', async () => {
  using at = await open();
  const { registry } = at.fake;
  const subject = { mediaType: mediaTypes.image, digest: `sha256:${'a'.repeat(64)}`, size: 1 };
  for (const text of ['one', 'two', 'one']) {
    const manifest = { config: registry.addBlob('{}', 'application/vnd.example.signature'), layers: [registry.addBlob(text)], subject };
    const digest = registry.addManifest('app', text, manifest, mediaTypes.image);
    await enterReferrer(at.repository, subject, await at.repository.manifest(digest));
  }
  const { manifest } = await at.repository.manifest(referrersTag(subject.digest));
  expect(manifest).toMatchObject({ kind: 'index', manifests: [{ mediaType: mediaTypes.image }, { mediaType: mediaTypes.image }] });
  expect(registry.manifests.get(`app:sha256-${'a'.repeat(64)}`)?.bytes.toString()).toContain(
    '"artifactType":"application/vnd.example.signature"',
  );
});
