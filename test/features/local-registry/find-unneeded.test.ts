import { expect, test } from 'vitest';
import { findUnneeded, stillUnneeded } from '../../../main/features/local-registry/collect/find-unneeded.ts';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
import { RegistryClient } from '../../../main/foundation/registries/registry-client.ts';
import { Repository } from '../../../main/foundation/registries/repository.ts';
import { addImage } from '../../support/browsed-registry.ts';
import { type FakeRegistry, type Hook, startFakeRegistry } from '../../support/fake-registry.ts';

const { signal } = new AbortController();

/** A registry with two images that no tag leads to, as one has it in the middle of the push of a list. */
async function halfPushed(hook?: Hook) {
  const fake = await startFakeRegistry(hook);
  const client = await RegistryClient.open({ registry: fake.address, login: undefined, isInsecure: true });
  const images = ['2026-01-01T00:00:00Z', '2026-02-02T00:00:00Z'].map((created) => addImage(fake.registry, 'app', 'x', created));
  fake.registry.manifests.delete('app:x');
  addImage(fake.registry, 'app', 'other');
  return {
    ...fake,
    images: new Set(images),
    repository: new Repository(client, 'app'),
    [Symbol.dispose]: () => {
      client.close();
      fake[Symbol.dispose]();
    },
  };
}

function pushList(registry: FakeRegistry, images: Iterable<string>): string {
  const manifests = [...images].map((digest) => ({ mediaType: mediaTypes.image, digest, size: 1 }));
  return registry.addManifest('app', 'list', { schemaVersion: 2, mediaType: mediaTypes.index, manifests }, mediaTypes.index);
}

const digestsOf = (images: readonly { digest: string }[]): string[] => images.map(({ digest }) => digest).sort();

test('images of a list that came after the registry was looked through are needed', async () => {
  using there = await halfPushed();
  const { images, repository, registry } = there;
  expect(digestsOf((await findUnneeded(repository, images, signal)).unneeded)).toEqual([...images].sort());
  pushList(registry, images);
  const census = await findUnneeded(repository, images, signal);
  expect(census.unneeded).toEqual([]);
  expect(digestsOf(census.kept)).toEqual(expect.arrayContaining([...images]));
});

test('images stay that a list came for while it was found out what is unneeded', async () => {
  using there = await halfPushed();
  const { images, repository, registry } = there;
  const census = await findUnneeded(repository, images, signal);
  expect(digestsOf(await stillUnneeded(repository, census, signal))).toEqual([...images].sort());
  pushList(registry, images);
  expect(await stillUnneeded(repository, census, signal)).toEqual([]);
});

test('a list of no tag that gets one keeps its images', async () => {
  using there = await halfPushed();
  const { images, repository, registry } = there;
  const list = pushList(registry, images);
  const kept = registry.manifests.get('app:list');
  registry.manifests.delete('app:list');
  const census = await findUnneeded(repository, new Set([...images, list]), signal);
  expect(census.unneeded).toHaveLength(3);
  if (kept) registry.manifests.set('app:again', kept);
  expect(await stillUnneeded(repository, census, signal)).toEqual([]);
});

test('nothing is unneeded while the registry doesn’t say its tags, or can’t read what one leads to', async () => {
  let status = 200;
  using there = await halfPushed(({ path }) => (path.endsWith('/tags/list') && status !== 200 ? { status } : undefined));
  const { images, repository, registry } = there;
  const census = await findUnneeded(repository, images, signal);
  status = 500;
  await expect(stillUnneeded(repository, census, signal)).rejects.toMatchObject({ status: 500 });
  status = 200;
  registry.addManifest('app', 'odd', '{"odd":true}', mediaTypes.index);
  await expect(stillUnneeded(repository, census, signal)).rejects.toMatchObject({ failure: { kind: 'registry-refused' } });
});
