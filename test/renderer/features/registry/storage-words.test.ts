import { expect, test } from 'vitest';
import {
  actWords,
  foundWords,
  isInVolume,
  othersWords,
  spaceProblem,
  storedWords,
  storingWords,
} from '../../../../renderer/features/registry/storage/storage-words.ts';

/** With spaces where a line could not break. */
const plain =
  <T extends unknown[]>(words: (...given: T) => string | undefined) =>
  (...given: T) =>
    words(...given)?.replaceAll('\u00a0', ' ');
const detail = plain((stored: Parameters<typeof storedWords>[0]) => storedWords(stored).detail);

test('what is in a folder is said by what a registry kept there', () => {
  expect(plain(foundWords)({ path: '/x', others: 0 })).toBe('No registry has kept anything in it yet.');
  expect(plain(foundWords)({ path: '/x', others: 0, free: 2_000_000 })).toBe(
    'No registry has kept anything in it yet. 2.0 MB are free there.',
  );
  expect(plain(foundWords)({ path: '/x', others: 0, repositories: 1 })).toMatch(
    /^1 repository of a registry is in it, and is used as it is\./,
  );
  expect(plain(foundWords)({ path: '/x', others: 0, repositories: 3 })).toMatch(
    /^3 repositories of a registry are in it, and are used as they are\./,
  );
  expect(plain(foundWords)({ path: '/x', others: 0, repositories: 10_000 })).toMatch(/^More than 10,000 repositories/);
  expect(plain(othersWords)(1)).toMatch(/^One other file or folder is in it\./);
  expect(plain(othersWords)(12)).toMatch(/^12 other files and folders are in it\./);
});

test('only what is known not to fit is held back', () => {
  expect(plain(spaceProblem)(2_000_000, 1_000_000)).toBe('It takes 2.0 MB, and only 1.0 MB are free there.');
  expect(plain(spaceProblem)(1_000_000, 1_000_000)).toBeUndefined();
  expect(plain(spaceProblem)(undefined, 1)).toBeUndefined();
  expect(plain(spaceProblem)(2, undefined)).toBeUndefined();
});

test('a copy says how far it is, and what became of it', () => {
  const pace = { bytesPerSecond: 1_000_000, secondsLeft: 61 };
  expect(plain(storingWords)({ progress: { phase: 'starting' } })).toBe('Starting the registry there');
  expect(plain(storingWords)({ progress: { phase: 'copying', bytes: { done: 1_000_000, total: 62_000_000 } }, pace })).toMatch(
    /^Copying its images · 1\.0 (?:MB )?of 62\.0 MB · 1\.0 MB\/s · /,
  );
  const copied = { files: 9, bytes: 62_000_000, damaged: 0 };
  expect(detail({ kind: 'store-registry', address: 'a', folder: '/x', copied })).toMatch(/^62\.0 MB copied, each layer checked\./);
  expect(detail({ kind: 'store-registry', address: 'a', folder: '/x', copied: { ...copied, damaged: 1 } })).toMatch(
    /1 file was damaged before/,
  );
  expect(storedWords({ kind: 'store-registry', address: 'a' }).title).toBe('The registry keeps its images in its volume again');
});

test('the button says what it does', () => {
  const act = { kind: 'folder', takeAlong: true, size: 2_000_000, isRunning: true } as const;
  expect(plain(actWords)(act)).toBe('Copy 2.0 MB and restart');
  expect(actWords({ ...act, size: undefined, isRunning: false })).toBe('Copy its images and start');
  expect(actWords({ ...act, takeAlong: false })).toBe('Use the folder and restart');
  expect(actWords({ ...act, kind: 's3', takeAlong: false })).toBe('Try it, use it and restart');
});

test('a registry without a container is in its volume unless another place is remembered', () => {
  expect(isInVolume({ state: 'absent' })).toBe(true);
  expect(isInVolume({ state: 'absent', kept: { port: 5000 } })).toBe(true);
  expect(isInVolume({ state: 'absent', kept: { folder: '/x' } })).toBe(false);
  expect(isInVolume({ state: 'absent', kept: { bucket: 's3.example/images' } })).toBe(false);
});
