import { expect, test } from 'vitest';
import { readCatalog } from '../../../main/features/local-registry/catalog.ts';
import { startFakeRegistry } from '../../support/fake-registry.ts';

test('a registry with more repositories than one page holds is read to the end', async () => {
  const names = Array.from({ length: 2500 }, (_, number) => `app-${String(number).padStart(4, '0')}`);
  using fake = await startFakeRegistry(({ url, path }) => {
    if (path === '/v2/_catalog') {
      const last = new URL(url, 'http://x').searchParams.get('last');
      const from = last === null ? 0 : names.indexOf(last) + 1;
      const page = names.slice(from, from + 1000);
      const link = `</v2/_catalog?last=${page.at(-1)}&n=1000>; rel="next"`;
      return { status: 200, headers: from + 1000 < names.length ? { link } : {}, body: JSON.stringify({ repositories: page }) };
    }
    if (!path.endsWith('/tags/list')) return undefined;
    // the first has lost its last tag, the second is answered with "unknown", as some registries do
    if (path.includes('app-0001/')) return { status: 404, body: '{"errors":[{"code":"NAME_UNKNOWN"}]}' };
    return { status: 200, body: JSON.stringify({ tags: path.includes('app-0000/') ? null : ['2', '1'] }) };
  });
  const { repositories } = await readCatalog(fake.address);
  expect(repositories.length).toBe(2498);
  expect(repositories.at(-1)).toEqual({ name: 'app-2499', tags: ['1', '2'] });
});
