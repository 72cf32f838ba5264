import type { MovedNames } from '../../contract/moved-names.ts';

type Told = Pick<MovedNames, 'was' | 'says'>;

/** Why a name follows a version, in words that begin a sentence: what became of the old one's place, and what says the new one. */
export function movedWords({ was, says }: Told): string {
  const now = saysWords(says);
  if (was.state === 'changed') return changedWords(says);
  return was.state === 'still' ? `${stillWords(was)}, but ${now} now` : `${goneWords(was)}; ${now}`;
}

function changedWords({ from, written }: Told['says']): string {
  if (from === 'git tag') return `What is checked out has the git tag ${written} now`;
  if (from === 'git commit') return `Another commit is checked out now, ${written}`;
  return `The version in ${from} has changed to ${written} since the last build`;
}

function stillWords({ from, written }: Told['was']): string {
  if (from === 'git tag') return `What is checked out still has the git tag ${written ?? ''}`.trimEnd();
  if (from === 'git commit') return 'The same commit is checked out';
  return `${from} still says ${written ?? 'the same'}`;
}

// that it is gone and that it cannot be read any more look alike: only that it is not found is sure
function goneWords({ from, written }: Told['was']): string {
  if (from === 'git tag') return `The git tag ${written ?? 'of the last name'} is no longer found on what is checked out`;
  if (from === 'git commit') return 'No git commit is found in the folder any more';
  return `No version is found in ${from} any more`;
}

function saysWords({ from, written }: Told['says']): string {
  if (from === 'git tag') return `what is checked out has the git tag ${written}`;
  if (from === 'git commit') return `the commit that is checked out is ${written}`;
  return from === 'folder' ? 'no other version is found in the folder' : `${from} says ${written}`;
}
