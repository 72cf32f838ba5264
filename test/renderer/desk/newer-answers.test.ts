import { expect, test } from 'vitest';
import type { NewerAnswer } from '../../../contract/origin.ts';
import { answersAbout, newerOf, wordsFor } from '../../../renderer/desk/newer-answers.ts';

const sha = (digit: string) => `sha256:${digit.repeat(64)}`;
const answer: NewerAnswer = { reference: 'ghcr.io/a/b:1', here: sha('a'), relation: 'newer', found: sha('b'), askedAt: 1 };
const image = (references: string[], ...digits: string[]) => ({ references, digests: digits.map((digit) => `ghcr.io/a/b@${sha(digit)}`) });

test('an answer holds for the image that it was about, while that has the name', () => {
  expect(newerOf(image(['ghcr.io/a/b:1'], 'a'), [answer])).toEqual(answer);
  expect(newerOf(image([], 'a'), [answer])).toBeUndefined();
  expect(newerOf(image(['ghcr.io/a/b:1'], 'c'), [answer])).toBeUndefined();
  expect(newerOf(image(['ghcr.io/a/b:1']), [answer])).toBeUndefined();
});

test('once the image is known by what the registry has, it is the same', () => {
  expect(newerOf(image(['ghcr.io/a/b:1'], 'a', 'b'), [answer])).toBeUndefined();
  expect(answersAbout(image(['ghcr.io/a/b:1'], 'a', 'b'), [answer])).toEqual([{ ...answer, relation: 'same' }]);
});

test('what came of asking is told in a sentence, with what couldn’t be asked', () => {
  const failures = [{ reference: 'x:1', failure: { kind: 'registry-unreachable', title: 'x doesn’t answer', detail: '' } as const }];
  expect(wordsFor({ answers: [], failures: [] })[0]).toBe('No registry to ask');
  expect(wordsFor({ answers: [answer], failures: [] })).toEqual(['There is a newer image', 'ghcr.io/a/b:1.']);
  expect(wordsFor({ answers: [{ ...answer, relation: 'same' }], failures })).toEqual([
    'No newer images found',
    '1\u00a0name asked about. 1\u00a0name couldn’t be asked about: x doesn’t answer.',
  ]);
});
