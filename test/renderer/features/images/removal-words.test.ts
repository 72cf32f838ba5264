import { expect, it } from 'vitest';
import type { RemovalPreview } from '../../../../contract/image.ts';
import { blockedBy, freedWords, otherNames, removableIds, removalAction } from '../../../../renderer/features/images/removal-words.ts';

const free = { id: 'sha256:a', references: ['app:1', 'app:stable'], digests: [], usedBy: [], childCount: 0 };
const held = { id: 'sha256:b', references: ['db:1'], digests: [], usedBy: ['db-1', 'db-2'], childCount: 0 };
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

it('removes only what no container holds', () => {
  expect(removableIds({ images: [free, held] })).toEqual(['sha256:a']);
  expect(plain(blockedBy(held))).toBe('db:1 stays: in use by db-1 and db-2.');
});

it.each<[RemovalPreview, string]>([
  [{ images: [free], freed: { bytes: 61_400_000 } }, 'Remove 1 image, free 61.4 MB'],
  [{ images: [free], freed: { bytes: 0 } }, 'Remove 1 image'],
  [{ images: [free], freed: { bytes: 61_400_000, isAtMost: true } }, 'Remove 1 image, free up to 61.4 MB'],
  [{ images: [free] }, 'Remove 1 image'],
  [{ images: [held], freed: { bytes: 0 } }, 'Remove'],
])('the button says what it does', (preview, words) => expect(plain(removalAction(preview))).toBe(words));

it('says which other names go, too', () => {
  expect(otherNames(['app:1', 'app:stable', 'app:2'])).toBe('This also removes its names app:stable and app:2');
  expect(otherNames(['app:1'])).toBeUndefined();
});

it('never claims to know what it doesn’t', () => {
  expect(freedWords({ images: [] })).toBe('It isn’t known how much space this frees.');
  expect(freedWords({ images: [], freed: { bytes: 0 } })).toContain('This frees no space');
});

it.each<[RemovalPreview['freed'], string]>([
  [{ bytes: 8_000_000 }, 'This frees 8.0 MB. Layers that other images share stay.'],
  [{ bytes: 13_000_000, packed: 5_000_000 }, 'This frees 13.0 MB: 5.0 MB packed, 8.0 MB unpacked. Layers that other images share stay.'],
  [
    { bytes: 8_000_000, inCache: 5_000_000 },
    'This frees 8.0 MB. Layers that other images share stay. The build cache keeps another 5.0 MB until it is cleared.',
  ],
  [{ bytes: 0, inCache: 5_000_000 }, 'This frees no space yet: the build cache keeps 5.0 MB until it is cleared.'],
  [
    { bytes: 8_000_000, isAtMost: true },
    'This frees at most 8.0 MB. Layers that other images share stay. The build cache may keep some of it.',
  ],
])('says what goes and what stays for the build cache', (freed, words) => expect(plain(freedWords({ images: [], freed }))).toBe(words));
