import { expect, test } from 'vitest';
import type { NameSuggestion } from '../../contract/build.ts';
import { movedNames, originOf } from '../../contract/moved-names.ts';

const suggestion = (reference: string, from: NameSuggestion['from']): NameSuggestion => ({ reference, from, alsoAs: [] });
const now = [suggestion('bump:1.1.0', 'VERSION'), suggestion('bump:latest', 'folder'), suggestion('bump:abc1234', 'git commit')];

test.each([
  ['bump:1.1.0', 'VERSION'],
  ['ghcr.io/me/bump:1.1.0', 'VERSION'],
  ['bump:abc1234', 'git commit'],
  ['bump:latest', undefined],
  ['bump:2', undefined],
])('%s is from %s', (reference, from) => expect(originOf(reference, now)).toBe(from));

test('another version brings other names, the usual ones beside it, too', () => {
  const references = ['bump:1.0.0', 'bump:1.0', 'bump:1', 'bump:latest', 'ghcr.io/me/bump:1.0.0', 'other:x'];
  expect(movedNames({ references, nameFrom: 'VERSION' }, now)).toEqual({
    from: 'VERSION',
    before: 'bump:1.0.0',
    now: 'bump:1.1.0',
    references: ['bump:1.1.0', 'bump:1.1', 'bump:1', 'bump:latest', 'ghcr.io/me/bump:1.1.0', 'other:x'],
  });
});

test('to a version that is tried out no usual name moves', () => {
  const references = ['bump:1.0.0', 'bump:1', 'bump:latest'];
  expect(movedNames({ references, nameFrom: 'VERSION' }, [suggestion('bump:1.1.0-rc.1', 'VERSION')])?.references).toEqual([
    'bump:1.1.0-rc.1',
  ]);
});

test('a version that is gone leaves the next best', () => {
  expect(movedNames({ references: ['app:1.2.0'], nameFrom: 'git tag' }, [suggestion('app:latest', 'folder')])?.now).toBe('app:latest');
});

test('names that were typed, and versions that are the same, stay', () => {
  expect(movedNames({ references: ['bump:1.0.0'] }, now)).toBeUndefined();
  expect(movedNames({ references: ['bump:1.1.0'], nameFrom: 'VERSION' }, now)).toBeUndefined();
});
