import { expect, test } from 'vitest';
import type { FileEvent, WasteItem } from '../../../../contract/layer-files.ts';
import {
  costWords,
  eventWords,
  modeLetters,
  modeWords,
  versionsOf,
  wasteWords,
} from '../../../../renderer/features/layer-files/file-words.ts';

test.each([
  ['file', 0o644, '-rw-r--r--', 'Everyone can read it, only its owner can change it'],
  ['file', 0o755, '-rwxr-xr-x', 'Everyone can read it, only its owner can change it, everyone can run it'],
  ['file', 0o600, '-rw-------', 'Its owner can read it and change it'],
  ['file', 0o666, '-rw-rw-rw-', 'Everyone can read it and change it'],
  ['file', 0o640, '-rw-r-----', 'Its owner and group can read it, only its owner can change it'],
  ['file', 0o444, '-r--r--r--', 'Everyone can read it, nobody can change it'],
  [
    'file',
    0o4755,
    '-rwsr-xr-x',
    'Everyone can read it, only its owner can change it, everyone can run it, it runs as its owner, whoever starts it',
  ],
  ['folder', 0o755, 'drwxr-xr-x', 'Everyone can look into it, only its owner can put files there'],
  ['folder', 0o1777, 'drwxrwxrwt', 'Everyone can look into it and put files there, each may remove only their own files'],
  ['folder', 0o700, 'drwx------', 'Its owner can look into it and put files there'],
  ['file', 0o4644, '-rwSr--r--', 'Everyone can read it, only its owner can change it, it runs as its owner, whoever starts it'],
] as const)('the mode of a %s, %o, in letters and words', (kind, mode, letters, words) => {
  expect(modeLetters(kind, mode)).toBe(letters);
  expect(modeWords(kind, mode)).toBe(words);
});

const event = (layer: number, change: FileEvent['change'], more: Partial<FileEvent> = {}): FileEvent => ({
  layer,
  change,
  aspects: [],
  kind: 'file',
  size: 5,
  mode: 0o644,
  uid: 0,
  gid: 0,
  ...more,
});

test('what a layer did says how the versions differ', () => {
  const before = event(0, 'added');
  expect(eventWords(before, undefined)).toBe('Added with 5\u00a0B');
  expect(eventWords(event(1, 'changed', { aspects: ['content', 'time'], size: 7 }), before)).toBe('Changed: 5\u00a0B → 7\u00a0B');
  expect(eventWords(event(1, 'changed', { aspects: ['mode', 'owner'], mode: 0o755, uid: 33 }), before)).toBe(
    'Changed: mode 644 → 755, owner 0:0 → 33:0',
  );
  expect(eventWords(event(1, 'changed'), before)).toBe('Written again just as it was');
  expect(eventWords(event(1, 'changed', { aspects: ['time'] }), before)).toBe('Only its time changed');
  expect(eventWords(event(1, 'changed', { kind: 'folder', aspects: ['time'] }), before)).toBe('Something in it changed');
  expect(eventWords(event(1, 'removed'), before)).toBe('Removed');
});

test('the versions to look at are those around the last change that is in sight', () => {
  const life = [event(1, 'added'), event(3, 'changed'), event(5, 'removed')];
  expect(versionsOf({ life }, 2)).toEqual({ now: 2 });
  expect(versionsOf({ life }, 4)).toEqual({ now: 4, before: 2 });
  expect(versionsOf({ life }, 6)).toEqual({ before: 4 });
});

test('a download is called one, and nothing else is', () => {
  expect(costWords({ isHere: false, toRead: { bytes: 2000, isDownload: true } })).toContain('up to 2.0\u00a0kB are downloaded');
  expect(costWords({ isHere: false, toRead: { bytes: 2000, isDownload: false } })).toContain('Nothing is downloaded');
});

test('waste says why', () => {
  const item: WasteItem = { kind: 'removed', place: 1, path: '/a', isFolder: false, layer: 0, by: 2, files: 1, bytes: 1 };
  expect(wasteWords(item)).toBe('Removed by layer 3, but the bytes still travel along');
  expect(wasteWords({ ...item, isFolder: true, files: 3 })).toBe('3\u00a0files. Removed by layer 3, but the bytes still travel along');
  expect(wasteWords({ ...item, kind: 'replaced', isSame: true })).toBe('Written again by layer 3 with the same content');
  expect(wasteWords({ ...item, kind: 'twice', firstPath: '/b' })).toBe('The same content as /b');
  expect(wasteWords({ ...item, kind: 'cache', cache: 'apt' })).toBe('What apt keeps for its next run');
});
