import { expect, it } from 'vitest';
import { platformsHere, sizeWords } from '../../../../renderer/features/images/size-words.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

it.each([
  [13_000_000, 5_000_000, '13.0 MB: 5.0 MB packed, 8.0 MB unpacked'],
  [13_000_000, undefined, '13.0 MB'],
  [5_000_000, 5_000_000, '5.0 MB: 5.0 MB packed, 0 B unpacked'],
])('%i bytes, of which %s are packed', (all, packed, words) => expect(plain(sizeWords(all, packed))).toBe(words));

it('says how many platforms are here', () => {
  const platform = (isHere: boolean) => ({ name: 'linux/amd64', isHere, size: 1 });
  expect(plain(platformsHere([platform(true), platform(false)]))).toBe('1 of 2 platforms is here');
  expect(plain(platformsHere([platform(true), platform(true), platform(false)]))).toBe('2 of 3 platforms are here');
  expect(plain(platformsHere([platform(true), platform(true)]))).toBe('2 platforms, all of them here');
});
