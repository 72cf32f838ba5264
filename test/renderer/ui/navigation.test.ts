import { expect, it } from 'vitest';
import { formatRoute, parseRoute } from '../../../renderer/ui/navigation.ts';

it('begins with the images', () => {
  expect(parseRoute('')).toEqual({ page: 'images' });
  expect(parseRoute('#/')).toEqual({ page: 'images' });
});

it.each([{ page: 'builds' }, { page: 'image', id: 'sha256:0b57e9c2d341' }, { page: 'image', id: 'sha256:0b57e9c2d341', tab: 'tags' }])(
  'reads what it wrote: %o',
  (route) => expect(parseRoute(formatRoute(route))).toEqual(route),
);

it('takes an address that is none as it is', () => expect(parseRoute('#/image/50%')).toEqual({ page: 'image', id: '50%' }));
