import { expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from '../../../renderer/desk/navigation.ts';

it('begins with the images', () => {
  expect(parseRoute('')).toEqual({ page: 'images' });
  expect(parseRoute('#/')).toEqual({ page: 'images' });
});

const routes: Route[] = [
  { page: 'builds' },
  { page: 'image', id: 'sha256:0b57e9c2d341' },
  { page: 'image', id: 'sha256:0b57e9c2d341', tab: 'tags' },
  { page: 'image', id: 'sha256:0b57e9c2d341', at: 'ssh://me@build.example:22/a?b&c' },
  { page: 'image', id: 'sha256:0b57e9c2d341', at: 'unix:///a b/docker.sock', tab: 'config' },
  { page: 'build', id: 'a1' },
  { page: 'task', id: 'a1' },
  { page: 'files', from: { kind: 'registry', reference: 'ghcr.io/a/b:1', platform: 'linux/arm64' }, name: 'ghcr.io/a/b:1' },
  { page: 'files', from: { kind: 'archive', archive: 'a1', image: 0 }, name: 'a “b” / c?d' },
  { page: 'image', id: 'sha256:0b57e9c2d341', tab: 'files' },
  { page: 'tags' },
  { page: 'tags', repository: 'acme/shop' },
  { page: 'tags', repository: 'localhost:5000/a b?c', at: 'unix:///a b/docker.sock' },
  { page: 'tags', repository: 'localhost:5000/acme/shop', inRegistry: true },
  { page: 'browse', registry: 'docker.io' },
  { page: 'browse', registry: '[::1]:5000', repository: 'acme/shop/web' },
  { page: 'compare', ids: ['a1', 'sha256:0b57e9c2d341'] },
  { page: 'compare-images', sides: [null, null] },
  {
    page: 'compare-images',
    sides: [
      { from: { kind: 'engine', image: 'sha256:0b57e9c2d341', at: 'unix:///a b/docker.sock' }, name: 'a “b” / c?d' },
      { from: { kind: 'registry', reference: 'ghcr.io/a/b:1' }, name: 'ghcr.io/a/b:1' },
    ],
  },
];

it.each(routes)('reads what it wrote: %o', (route) => expect(parseRoute(formatRoute(route))).toEqual(route));

it('keeps an id that is escaped wrongly as it is', () => expect(parseRoute('#/image/50%')).toEqual({ page: 'image', id: '50%' }));

it.each([
  '#/nothing',
  '#/toString',
  '#/image',
  '#/image/',
  '#/build',
  '#/compare/',
  '#/files/',
  '#/files/%7B%7D',
  '#/files/%5B1%5D',
  '#/compare-images/',
  '#/compare-images/%5B1%2C2%5D',
  '#/compare-images/%5Bnull%5D',
])('leads nowhere: %s', (address) => expect(parseRoute(address)).toEqual({ page: 'nowhere' }));

it('ignores a tab that no image has', () => expect(parseRoute('#/image/a?tab=toString')).toEqual({ page: 'image', id: 'a' }));
