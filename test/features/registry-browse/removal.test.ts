import { expect, test } from 'vitest';
import { removeTags } from '../../../main/features/registry-browse/removal/remove-tags.ts';
import { RemovedBook } from '../../../main/features/registry-browse/removal/removed-book.ts';
import { Logins } from '../../../main/foundation/registries/logins/logins.ts';
import { addImage, allOf, browsedRegistry } from '../../support/browsed-registry.ts';
import type { FakeRegistry, Hook } from '../../support/fake-registry.ts';

const access = { logins: new Logins(), isInsecure: async () => true, takesTokens: () => true };
const context = () => ({ id: crypto.randomUUID(), signal: new AbortController().signal, report: () => {}, log: () => {} });

/** How distribution 3 removes, by its documentation: a tag alone, or what is under a digest with all its tags. No real one could be had. */
const likeThree =
  (registry: () => FakeRegistry): Hook =>
  ({ method, path }) => {
    if (method !== 'DELETE') return undefined;
    const [, repository = '', reference = ''] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(path) ?? [];
    const { manifests } = registry();
    const found = manifests.get(`${repository}:${reference}`);
    if (!found) return { status: 404, body: '{"errors":[{"code":"MANIFEST_UNKNOWN"}]}' };
    for (const [name, { bytes }] of manifests) {
      const goes = reference.includes(':') ? bytes.equals(found.bytes) : name === `${repository}:${reference}`;
      if (goes) manifests.delete(name);
    }
    return { status: 202 };
  };

async function removable(hook: (own: () => FakeRegistry) => Hook) {
  let own: FakeRegistry | undefined;
  const there = await browsedRegistry(hook(() => own as FakeRegistry));
  own = there.registry;
  const digest = addImage(there.registry, 'app', '1', '2026-01-01T00:00:00Z');
  const bytes = there.registry.manifests.get('app:1');
  if (bytes) there.registry.manifests.set('app:latest', bytes);
  const request = { registry: there.address, repository: 'app', items: [{ tag: '1', digest }], scope: 'tags' as const, agreed: [] };
  return { there, digest, request };
}

test('a registry that removes tags alone is asked for just that, and nothing is pushed to it', async () => {
  const { there, digest, request } = await removable(likeThree);
  using _ = there;
  const last = (await allOf(there.browse.previewRemoval({ registry: there.address, repository: 'app', tags: ['1'] }))).at(-1);
  expect(last).toMatchObject({ kind: 'preview', way: 'alone', items: [{ digest, tags: ['1'], siblings: ['latest'] }] });
  expect(await removeTags(access, request, new RemovedBook(), context())).toMatchObject({ removed: [{ tag: '1', digest }], unasked: [] });
  expect(there.registry.manifests.has('app:latest')).toBe(true);
  expect(there.seen.filter(({ method }) => method === 'PUT')).toEqual([]);
});

test('a registry that lets further tags go than it was asked for is told on', async () => {
  const { there, request } = await removable((own) => (asked, nth) => {
    const answer = likeThree(own)(asked, nth);
    if (asked.method === 'DELETE' && asked.path.endsWith('/1')) own().manifests.delete('app:latest');
    return answer;
  });
  using _ = there;
  expect(await removeTags(access, request, new RemovedBook(), context())).toMatchObject({ removed: [{ tag: '1' }], unasked: ['latest'] });
});

test('a tag that moves while its repository is looked through stays where it went', async () => {
  const { there, digest, request } = await removable((own) => (asked, nth) => {
    // it is asked about once with all others, and once more before it goes
    if (asked.method === 'HEAD' && asked.path.endsWith('/manifests/1') && nth === 2) addImage(own(), 'app', '1', '2026-05-05T00:00:00Z');
    return likeThree(own)(asked, nth);
  });
  using _ = there;
  await expect(removeTags(access, request, new RemovedBook(), context())).rejects.toMatchObject({
    failure: { title: 'It has moved in the meantime' },
  });
  const [answer] = (await allOf(there.browse.details({ registry: there.address, repository: 'app', tags: ['1'], depth: 'digest' }))).flat();
  expect(answer).toMatchObject({ details: { digest: expect.not.stringContaining(digest) } });
});

test('a placeholder that can’t be removed again is taken back at once', async () => {
  const { there, digest, request } = await removable((own) => ({ method, path }, nth) => {
    if (method !== 'DELETE') return undefined;
    // only a digest is understood, and then nothing is removed
    return path.includes('sha256:')
      ? { status: 500 }
      : nth > 0 && own()
        ? { status: 400, body: '{"errors":[{"code":"DIGEST_INVALID"}]}' }
        : undefined;
  });
  using _ = there;
  await expect(removeTags(access, request, new RemovedBook(), context())).rejects.toMatchObject({ failure: { kind: 'registry-refused' } });
  expect(there.seen.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  const { details } = (
    await allOf(there.browse.details({ registry: there.address, repository: 'app', tags: ['1'], depth: 'digest' }))
  ).flat()[0] as {
    details: { digest: string };
  };
  expect(details.digest).toBe(digest);
});

for (const [status, title] of [
  [401, /wants you to sign in first/],
  [403, /^You may not remove anything from /],
  [405, /doesn’t let anything be removed$/],
] as const) {
  test(`${status} is said before anything is tried`, async () => {
    const { there } = await removable(
      () =>
        ({ method }) =>
          method === 'DELETE' ? { status } : undefined,
    );
    using _ = there;
    const [only] = await allOf(there.browse.previewRemoval({ registry: there.address, repository: 'app', tags: ['1'] }));
    expect(only).toMatchObject({ kind: 'impossible', failure: { title: expect.stringMatching(title) } });
  });
}

test('a tag that can’t be read keeps every image from going as a whole', async () => {
  const { there, request } = await removable(
    (own) => (asked, nth) => (asked.path.endsWith('/manifests/odd') ? { status: 500 } : likeThree(own)(asked, nth)),
  );
  using _ = there;
  addImage(there.registry, 'app', 'odd');
  const images = { ...request, scope: 'images' as const, agreed: ['latest'] };
  await expect(removeTags(access, images, new RemovedBook(), context())).rejects.toMatchObject({
    failure: { title: 'It isn’t known which other tags would go' },
  });
  expect(await removeTags(access, request, new RemovedBook(), context())).toMatchObject({ removed: [{ tag: '1' }] });
});
