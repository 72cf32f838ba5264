import { describe, expect, test } from 'vitest';
import type { NameSuggestion } from '../../contract/build.ts';
import { movedNames, originOf, proposedTags } from '../../contract/moved-names.ts';

type From = NameSuggestion['from'];
const suggestion = (reference: string, from: From): NameSuggestion => ({
  reference,
  from,
  written: `v${reference.split(':').at(-1)}`,
  alsoAs: [],
});
const now = [suggestion('bump:1.1.0', 'VERSION'), suggestion('bump:latest', 'folder'), suggestion('bump:abc1234', 'git commit')];

test.each([
  ['bump:1.1.0', 'VERSION'],
  ['ghcr.io/me/bump:1.1.0', 'VERSION'],
  ['bump:abc1234', 'git commit'],
  ['bump:latest', undefined],
  ['bump:2', undefined],
])('%s is from %s', (reference, from) => expect(originOf(reference, now)).toBe(from));

test('another version brings other names, including the usual ones beside it', () => {
  const references = ['bump:1.0.0', 'bump:1.0', 'bump:1', 'bump:latest', 'ghcr.io/me/bump:1.0.0', 'other:x'];
  expect(movedNames({ references, nameFrom: 'VERSION' }, now)).toEqual({
    was: { from: 'VERSION', state: 'changed' },
    says: { from: 'VERSION', written: 'v1.1.0' },
    before: 'bump:1.0.0',
    now: 'bump:1.1.0',
    references: ['bump:1.1.0', 'bump:1.1', 'bump:1', 'bump:latest', 'ghcr.io/me/bump:1.1.0', 'other:x'],
  });
});

test('no usual name moves to a pre-release', () => {
  const references = ['bump:1.0.0', 'bump:1', 'bump:latest'];
  expect(movedNames({ references, nameFrom: 'VERSION' }, [suggestion('bump:1.1.0-rc.1', 'VERSION')])?.references).toEqual([
    'bump:1.1.0-rc.1',
  ]);
});

test('if a version is gone, the next best is used', () => {
  expect(movedNames({ references: ['app:1.2.0'], nameFrom: 'git tag' }, [suggestion('app:latest', 'folder')])?.now).toBe('app:latest');
});

test('typed names and unchanged versions stay', () => {
  expect(movedNames({ references: ['bump:1.0.0'] }, now)).toBeUndefined();
  expect(movedNames({ references: ['bump:1.1.0'], nameFrom: 'VERSION' }, now)).toBeUndefined();
});

/** The names that a folder suggests, in the order in which they are proposed. */
type Says = Partial<Record<From, string>>;
const said = (says: Says): NameSuggestion[] => Object.entries(says).map(([from, tag]) => suggestion(`app:${tag}`, from as From));

describe('every place with another version than at the last build brings its name', () => {
  const places = ['git tag', 'VERSION', 'package.json'] as const;
  const movedSince = (references: string[], nameFrom: From, then: Says, now: Says) =>
    movedNames({ references, nameFrom, proposed: proposedTags(said(then)) }, said(now));

  test.each(places.flatMap((own) => places.map((other) => [own, other] as const)))('a name from %s, and %s says more', (own, other) => {
    const all = { 'git tag': '1.0.0', VERSION: '1.0.0', 'package.json': '1.0.0' };
    expect(movedSince(['app:1.0.0', 'app:latest'], own, all, { ...all, [other]: '1.1.0' })).toMatchObject({
      now: 'app:1.1.0',
      references: ['app:1.1.0', 'app:latest'],
      was: { from: own, written: 'v1.0.0', state: own === other ? 'changed' : 'still' },
      says: { from: other, written: 'v1.1.0' },
    });
    // a place that did not exist before counts as new
    if (own !== other)
      expect(movedSince(['app:1.0.0'], own, { [own]: '1.0.0' }, { [own]: '1.0.0', [other]: '1.1.0' })?.now).toBe('app:1.1.0');
  });

  test.each(places.flatMap((own) => places.filter((other) => other !== own).map((other) => [own, other] as const)))(
    'a name from %s, which is gone, and %s says more',
    (own, other) =>
      expect(movedSince(['app:1.0.0'], own, { [own]: '1.0.0', [other]: '1.0.0' }, { [other]: '1.1.0' })).toMatchObject({
        now: 'app:1.1.0',
        was: { from: own, written: 'v1.0.0', state: 'gone' },
        says: { from: other, written: 'v1.1.0' },
      }),
  );

  test.each<[string, string[], From, Says, Says]>([
    ['the same is said', ['app:1.0.0'], 'git tag', { 'git tag': '1.0.0', VERSION: '1.1.0' }, { 'git tag': '1.0.0', VERSION: '1.1.0' }],
    ['another place says the name’s own', ['app:1.0.0'], 'VERSION', { VERSION: '1.0.0' }, { 'git tag': '1.0.0', VERSION: '1.0.0' }],
    ['one of its further names', ['app:1.0.0', 'app:1.0'], 'VERSION', { VERSION: '1.0.0' }, { VERSION: '1.0.0', 'package.json': '1.0' }],
    [
      'only the commit is another one',
      ['app:1.0.0'],
      'VERSION',
      { VERSION: '1.0.0', 'git commit': 'a' },
      { VERSION: '1.0.0', 'git commit': 'b' },
    ],
    ['one place less says it', ['app:1.0.0'], 'git tag', { 'git tag': '1.0.0', VERSION: '1.0.0' }, { VERSION: '1.0.0' }],
  ])('but not if %s', (_, references, nameFrom, then, now) => expect(movedSince(references, nameFrom, then, now)).toBeUndefined());

  test('for a build kept without a record of its suggestions, only its own place counts', () => {
    const now = said({ VERSION: '1.1.0', 'git tag': '1.0.0' });
    expect(movedNames({ references: ['app:1.0.0'], nameFrom: 'git tag' }, now)).toBeUndefined();
    expect(movedNames({ references: ['app:1.0.0'], nameFrom: 'VERSION' }, now)?.was).toEqual({ from: 'VERSION', state: 'changed' });
  });
});
