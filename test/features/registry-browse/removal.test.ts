import { expect, test } from 'vitest';
import { putBackTags } from '../../../main/features/registry-browse/removal/put-back.ts';
import { removeTags } from '../../../main/features/registry-browse/removal/remove-tags.ts';
import { RemovedBook } from '../../../main/features/registry-browse/removal/removed-book.ts';
import { mediaTypes } from '../../../main/foundation/formats/manifest.ts';
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

test('a tag that an image gets while its repository is looked through stays', async () => {
  const { there, digest, request } = await removable((own) => (asked, nth) => {
    const bytes = own().manifests.get('app:1');
    // the last of the tags is being asked about
    if (asked.method === 'HEAD' && asked.path.endsWith('/manifests/1') && nth === 1 && bytes) own().manifests.set('app:late', bytes);
    return likeThree(own)(asked, nth);
  });
  using _ = there;
  there.registry.manifests.delete('app:latest');
  expect(await removeTags(access, request, new RemovedBook(), context())).toMatchObject({ removed: [{ tag: '1', digest }] });
  expect(there.registry.manifests.has('app:late')).toBe(true);
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

test('a placeholder that can neither be removed nor taken back counts as a removal, and can be put back later', async () => {
  let isStuck = true;
  const { there, digest, request } = await removable(() => ({ method, path }, nth) => {
    if (method === 'DELETE') return path.includes('sha256:') ? { status: 403 } : { status: 400 };
    return method === 'PUT' && nth > 1 && isStuck ? { status: 403 } : undefined;
  });
  using _ = there;
  const book = new RemovedBook();
  const { id, ...about } = context();
  const lines: string[] = [];
  const removed = await removeTags(access, request, book, { ...about, id, log: (line) => lines.push(line) });
  expect(removed).toMatchObject({ removed: [{ tag: '1', digest }], refused: [] });
  expect(lines.at(-1)).toMatch(/^1 is still there, and leads to an empty list/);
  isStuck = false;
  const known = book.get(id);
  if (!known) throw new Error('not kept');
  expect(await putBackTags(access, known, context())).toMatchObject({ restored: [{ tag: '1', digest }], refused: [] });
});

test('what went although no answer came is known to be gone, and can be put back', async () => {
  const { there, digest, request } = await removable((own) => (asked, nth) => {
    const answer = likeThree(own)(asked, nth);
    return asked.method === 'DELETE' && asked.path.endsWith('/1') ? { cutAfter: 0 } : answer;
  });
  using _ = there;
  expect(await removeTags(access, request, new RemovedBook(), context())).toMatchObject({ removed: [{ tag: '1', digest }], refused: [] });
});

/** Puts a list under a tag; without one, only under its digest. */
function addList(registry: FakeRegistry, tag: string | undefined, parts: string[], mediaType: string = mediaTypes.image): string {
  const manifests = parts.map((digest) => ({ mediaType, digest, size: 1 }));
  const digest = registry.addManifest('app', tag ?? 'x', { schemaVersion: 2, mediaType: mediaTypes.index, manifests }, mediaTypes.index);
  if (tag === undefined) registry.manifests.delete('app:x');
  return digest;
}
const digestsAskedToGo = (seen: { method: string; path: string }[]) =>
  seen.filter(({ method, path }) => method === 'DELETE' && path.includes('sha256:'));

test('an image stays if the list stays that it is one of the platforms of, and that was to go', async () => {
  let list = '';
  const { there, request } = await removable((own) => (asked, nth) => {
    return asked.method === 'DELETE' && asked.path.endsWith(list) && list ? { status: 403 } : likeThree(own)(asked, nth);
  });
  using _ = there;
  const digest = addImage(there.registry, 'app', 'amd64', '2026-03-03T00:00:00Z');
  list = addList(there.registry, 'all', [digest]);
  const items = [
    { tag: 'amd64', digest },
    { tag: 'all', digest: list },
  ];
  await expect(removeTags(access, { ...request, items }, new RemovedBook(), context())).rejects.toMatchObject({
    failure: { kind: 'registry-refused' },
  });
  expect(digestsAskedToGo(there.seen)).toHaveLength(1);
  expect(there.registry.manifests.has('app:amd64')).toBe(true);
});

test('an image that a list has by way of another list goes from its tag alone', async () => {
  const { there, digest, request } = await removable(likeThree);
  using _ = there;
  there.registry.manifests.delete('app:latest');
  addList(there.registry, 'all', [addList(there.registry, undefined, [digest])], mediaTypes.index);
  expect(await removeTags(access, request, new RemovedBook(), context())).toMatchObject({ removed: [{ tag: '1' }] });
  expect(digestsAskedToGo(there.seen)).toEqual([]);
});

test('a list is known where the registry doesn’t say that it is one', async () => {
  let list = '';
  const { there, digest, request } = await removable((own) => (asked, nth) => {
    const headers = { 'docker-content-digest': list, 'content-type': 'application/json' };
    return asked.method === 'HEAD' && asked.path.endsWith('/all') ? { status: 200, headers } : likeThree(own)(asked, nth);
  });
  using _ = there;
  there.registry.manifests.delete('app:latest');
  list = addList(there.registry, 'all', [digest]);
  expect(await removeTags(access, request, new RemovedBook(), context())).toMatchObject({ removed: [{ tag: '1' }] });
  expect(digestsAskedToGo(there.seen)).toEqual([]);
});
