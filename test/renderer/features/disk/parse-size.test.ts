import { expect, test } from 'vitest';
import { parseSize } from '../../../../renderer/features/disk/parse-size.ts';
import { bytes } from '../../../../renderer/ui/format.ts';

test.each([
  ['12 GB', 12e9],
  ['12', 12e9],
  ['1,5gb', 1.5e9],
  ['800 mb', 8e8],
  [' 3 kB ', 3000],
  ['2 TB', 2e12],
  ['70 B', 70],
])('“%s”', (text, size) => expect(parseSize(text)).toBe(size));

test.each(['', 'a lot', '-1 GB', '1 GiB', '0', '1e3', '99999999 TB'])('“%s” is no size', (text) => {
  expect(parseSize(text)).toBeUndefined();
});

test('what the field shows is read again as it was meant', () => {
  for (const size of [70, 3000, 8e8, 1.5e9, 12e9]) expect(parseSize(bytes(size).replace('\u00a0', ' '))).toBe(size);
});
