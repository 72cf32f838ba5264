import { expect, test } from 'vitest';
import type { MovedNames } from '../../../../../contract/moved-names.ts';
import { movedWords } from '../../../../../renderer/features/builds/form/moved-words.ts';

type Was = MovedNames['was'];
type Says = MovedNames['says'];

test.each<[Was['from'], Was['state'], Says['from'], string]>([
  ['VERSION', 'changed', 'VERSION', 'The version in VERSION has changed to v1.1.0 since the last build'],
  ['package.json', 'changed', 'package.json', 'The version in package.json has changed to v1.1.0 since the last build'],
  ['git tag', 'changed', 'git tag', 'What is checked out now has the git tag v1.1.0'],
  ['git commit', 'changed', 'git commit', 'Another commit is checked out now: v1.1.0'],
  ['git tag', 'still', 'VERSION', 'What is checked out still has the git tag v1.0.0, but VERSION says v1.1.0 now'],
  ['git tag', 'still', 'package.json', 'What is checked out still has the git tag v1.0.0, but package.json says v1.1.0 now'],
  ['VERSION', 'still', 'git tag', 'VERSION still says v1.0.0, but what is checked out has the git tag v1.1.0 now'],
  ['VERSION', 'still', 'package.json', 'VERSION still says v1.0.0, but package.json says v1.1.0 now'],
  ['package.json', 'still', 'git tag', 'package.json still says v1.0.0, but what is checked out has the git tag v1.1.0 now'],
  ['package.json', 'still', 'VERSION', 'package.json still says v1.0.0, but VERSION says v1.1.0 now'],
  ['git commit', 'still', 'VERSION', 'The same commit is checked out, but VERSION says v1.1.0 now'],
  ['git tag', 'gone', 'VERSION', 'Layerdeck no longer finds the git tag v1.0.0 on what is checked out; VERSION says v1.1.0'],
  ['git tag', 'gone', 'package.json', 'Layerdeck no longer finds the git tag v1.0.0 on what is checked out; package.json says v1.1.0'],
  [
    'git tag',
    'gone',
    'folder',
    'Layerdeck no longer finds the git tag v1.0.0 on what is checked out; no other version is found in the folder',
  ],
  ['VERSION', 'gone', 'git tag', 'Layerdeck no longer finds a version in VERSION; what is checked out has the git tag v1.1.0'],
  ['VERSION', 'gone', 'package.json', 'Layerdeck no longer finds a version in VERSION; package.json says v1.1.0'],
  ['package.json', 'gone', 'VERSION', 'Layerdeck no longer finds a version in package.json; VERSION says v1.1.0'],
  ['git commit', 'gone', 'folder', 'Layerdeck no longer finds a git commit in the folder; no other version is found in the folder'],
])('a name from %s, %s; from %s now: %s', (from, state, now, words) =>
  expect(movedWords({ was: { from, state, written: 'v1.0.0' }, says: { from: now, written: 'v1.1.0' } })).toBe(words),
);

test('what an older build did not keep is not made up', () =>
  expect(movedWords({ was: { from: 'git tag', state: 'gone' }, says: { from: 'VERSION', written: '1.1.0' } })).toBe(
    'Layerdeck no longer finds the git tag of the last name on what is checked out; VERSION says 1.1.0',
  ));
