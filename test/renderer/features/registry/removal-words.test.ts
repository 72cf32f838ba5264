import { expect, test } from 'vitest';
import { fateWords, goingTags, isLostThere, ruleOf } from '../../../../renderer/features/registry/removal/removal-words.ts';

const item = (more: Partial<Parameters<typeof fateWords>[0]> = {}) => ({
  digest: 'sha256:1',
  tags: ['1.0'],
  siblings: [],
  partOf: [],
  ...more,
});

test('what happens to an image is said, and whether it is lost there', () => {
  expect(fateWords(item(), 'tags')).toBe('The image goes with its last tag.');
  expect(isLostThere(item(), 'tags')).toBe(true);
  const named = item({ siblings: ['stable'] });
  expect(fateWords(named, 'tags')).toBe('The image stays as stable.');
  expect(isLostThere(named, 'tags')).toBe(false);
  expect(fateWords(named, 'images')).toBe('stable goes as well.');
  expect(isLostThere(named, 'images')).toBe(true);
  const part = item({ partOf: ['all'] });
  expect(fateWords(part, 'tags')).toBe('The image stays as one of the platforms of all.');
  expect(fateWords(part, 'images')).toBe('It stays: it is one of the platforms of all.');
});

test('tags are counted with those that go along, and without those that can’t go', () => {
  const items = [item({ siblings: ['a', 'b'] }), item({ partOf: ['all'] })];
  expect(goingTags(items, 'tags')).toBe(2);
  expect(goingTags(items, 'images')).toBe(3);
});

test('a rule that says nothing, or nothing that makes sense, is none', () => {
  expect(ruleOf({ newest: '10', days: '', named: ' nightly-* ' })).toEqual({ keepNewest: 10, named: 'nightly-*' });
  expect(ruleOf({ newest: '', days: '0', named: '' })).toEqual({ olderThanDays: 0 });
  for (const rule of [
    { newest: '', days: '', named: '' },
    { newest: '0', days: '', named: ' ' },
    { newest: 'ten', days: '', named: 'x' },
    { newest: '', days: '-1', named: '' },
  ])
    expect(ruleOf(rule)).toBeUndefined();
});
