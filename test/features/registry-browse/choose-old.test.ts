import { expect, test } from 'vitest';
import { chooseOld, matchesName } from '../../../main/features/registry-browse/removal/choose-old.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const day = 86_400_000;
const tag = (name: string, days: number | undefined, digest = name) => ({
  tag: name,
  digest,
  ...(days !== undefined && { createdAt: now - days * day }),
});
const tags = [tag('new', 1), tag('newest', 0), tag('old', 40), tag('older', 50), tag('alias', 50, 'older'), tag('undated', undefined)];
const names = (rule: Parameters<typeof chooseOld>[1]) => chooseOld(tags, rule, now).tags.map((one) => one.tag);

test('the newest images stay with all their tags, and what has no date stays', () => {
  expect(names({ keepNewest: 2 })).toEqual(['older', 'alias', 'old']);
  expect(names({ keepNewest: 4 })).toEqual([]);
  expect(chooseOld(tags, {}, now).undated).toBe(1);
});

test('all of a rule has to hold', () => {
  expect(names({ olderThanDays: 45 })).toEqual(['older', 'alias']);
  expect(names({ olderThanDays: 30, named: 'old*' })).toEqual(['older', 'old']);
  // among those with the name
  expect(names({ keepNewest: 1, named: 'old*' })).toEqual(['older']);
});

test.each([
  ['nightly-*', 'nightly-1', true],
  ['nightly-*', 'xnightly-1', false],
  ['*-rc?', '1.0-rc1', true],
  ['*-rc?', '1.0-rc12', false],
  ['*a*b*c', 'xaybzc', true],
  ['*a*b*c', 'xaybz', false],
  ['1.0', '1x0', false],
  ['', 'anything', true],
])('%s matches %s: %s', (pattern, name, is) => {
  expect(matchesName(name, pattern)).toBe(is);
});

test('no pattern takes long', () => {
  expect(matchesName('a'.repeat(128), `${'*a'.repeat(90)}b`)).toBe(false);
});
