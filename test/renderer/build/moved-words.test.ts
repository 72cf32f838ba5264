import { expect, test } from 'vitest';
import type { MovedNames } from '../../../contract/moved-names.ts';
import { movedWords } from '../../../renderer/build/moved-words.ts';

type Was = MovedNames['was'];
type Says = MovedNames['says'];

test.each<[Was['from'], Was['state'], Says['from'], string]>([
  ['VERSION', 'changed', 'VERSION', 'The version in VERSION has changed to v1.1.0 since the last build'],
  ['package.json', 'changed', 'package.json', 'The version in package.json has changed to v1.1.0 since the last build'],
  ['git tag', 'changed', 'git tag', 'What is checked out has the git tag v1.1.0 now'],
  ['git commit', 'changed', 'git commit', 'Another commit is checked out now, v1.1.0'],
  ['git tag', 'still', 'VERSION', 'What is checked out still has the git tag v1.0.0, but VERSION says v1.1.0 now'],
  ['git tag', 'still', 'package.json', 'What is checked out still has the git tag v1.0.0, but package.json says v1.1.0 now'],
  ['VERSION', 'still', 'git tag', 'VERSION still says v1.0.0, but what is checked out has the git tag v1.1.0 now'],
  ['VERSION', 'still', 'package.json', 'VERSION still says v1.0.0, but package.json says v1.1.0 now'],
  ['package.json', 'still', 'git tag', 'package.json still says v1.0.0, but what is checked out has the git tag v1.1.0 now'],
  ['package.json', 'still', 'VERSION', 'package.json still says v1.0.0, but VERSION says v1.1.0 now'],
  ['git commit', 'still', 'VERSION', 'The same commit is checked out, but VERSION says v1.1.0 now'],
  ['git tag', 'gone', 'VERSION', 'The git tag v1.0.0 is no longer found on what is checked out; VERSION says v1.1.0'],
  ['git tag', 'gone', 'package.json', 'The git tag v1.0.0 is no longer found on what is checked out; package.json says v1.1.0'],
  ['git tag', 'gone', 'folder', 'The git tag v1.0.0 is no longer found on what is checked out; no other version is found in the folder'],
  ['VERSION', 'gone', 'git tag', 'No version is found in VERSION any more; what is checked out has the git tag v1.1.0'],
  ['VERSION', 'gone', 'package.json', 'No version is found in VERSION any more; package.json says v1.1.0'],
  ['package.json', 'gone', 'VERSION', 'No version is found in package.json any more; VERSION says v1.1.0'],
  ['git commit', 'gone', 'folder', 'No git commit is found in the folder any more; no other version is found in the folder'],
])('a name from %s, %s; from %s now: %s', (from, state, now, words) =>
  expect(movedWords({ was: { from, state, written: 'v1.0.0' }, says: { from: now, written: 'v1.1.0' } })).toBe(words),
);

test('what an older build did not keep is not made up', () =>
  expect(movedWords({ was: { from: 'git tag', state: 'gone' }, says: { from: 'VERSION', written: '1.1.0' } })).toBe(
    'The git tag of the last name is no longer found on what is checked out; VERSION says 1.1.0',
  ));
