import type { MovedNames } from '../../../../contract/moved-names.ts';

type Told = Pick<MovedNames, 'was' | 'says'>;

/** Why a name follows a version, as the beginning of a sentence: what happened to the old version, and where the new one is from. */
export function movedWords({ was, says }: Told): string {
  const now = saysWords(says);
  if (was.state === 'changed') return changedWords(says);
  return was.state === 'still' ? `${stillWords(was)}, but ${now} now` : `${goneWords(was)}; ${now}`;
}

function changedWords({ from, written }: Told['says']): string {
  if (from === 'git tag') return `What is checked out now has the git tag ${written}`;
  if (from === 'git commit') return `Another commit is checked out now: ${written}`;
  return `The version in ${from} has changed to ${written} since the last build`;
}

function stillWords({ from, written }: Told['was']): string {
  if (from === 'git tag') return `What is checked out still has the git tag ${written ?? ''}`.trimEnd();
  if (from === 'git commit') return 'The same commit is checked out';
  return `${from} still says ${written ?? 'the same'}`;
}

// a version that is gone looks like one that can’t be read: only that it isn’t found is certain
function goneWords({ from, written }: Told['was']): string {
  if (from === 'git tag') return `Layerdeck no longer finds the git tag ${written ?? 'of the last name'} on what is checked out`;
  if (from === 'git commit') return 'Layerdeck no longer finds a git commit in the folder';
  return `Layerdeck no longer finds a version in ${from}`;
}

function saysWords({ from, written }: Told['says']): string {
  if (from === 'git tag') return `what is checked out has the git tag ${written}`;
  if (from === 'git commit') return `the commit that is checked out is ${written}`;
  return from === 'folder' ? 'no other version is found in the folder' : `${from} says ${written}`;
}
