import { expect, test } from 'vitest';
import type { BuildStep } from '../../../contract/build.ts';
import type { BuildExplanation } from '../../../contract/explanation.ts';
import { cachedWords, firstWords } from '../../../renderer/build/why/first-words.ts';
import { endedBuild } from '../../support/kept-build.ts';

const told = (states: BuildStep['state'][], { noCache, ...explanation }: Partial<BuildExplanation> & { noCache?: boolean } = {}) => {
  const steps = ['FROM a', 'WORKDIR /a', 'COPY b /b', 'RUN make'].map((instruction, place) => ({
    id: String(place),
    number: place + 1,
    stage: '',
    instruction,
    state: states[place] ?? 'built',
  }));
  const task = { ...endedBuild('1', 1), progress: { phase: 'building' as const, build: { builder: 'buildkit' as const, steps } } };
  const request = { ...task.request, ...(noCache && { noCache }) };
  return cachedWords({ ...task, request } as typeof task, { steps: [], ...explanation });
};

test('what came from the cache is named, and who made it is not known', () => {
  expect(told(['cached', 'cached', 'cached', 'built'])).toBe(
    'Besides the base image, from the cache came “Work in the folder /a” and “Copy b into /b”. Who had made them is not known. Why the others were not there is not known.',
  );
  expect(told(['cached', 'cached', 'cached', 'cached'])).not.toContain('others');
});

test('a base that was here is said to be, as it is counted among the steps', () => {
  expect(told(['cached'])).toBe('But for the base image, none of its steps came from the cache. Why they were not there is not known.');
  expect(told(['built', 'cached'])).toMatch(/^From the cache came “Work in the folder \/a”. Who had made it/);
  expect(told([])).toBe('None of its steps came from the cache. Why they were not there is not known.');
});

test('what is known is not called unknown', () => {
  expect(told([], { noCache: true })).toBe('It was asked to build everything again (no cache).');
  expect(told([], { steps: [{ step: '1', causes: [], follows: [] }] })).toBe('None of its steps came from the cache.');
});

test('only of a folder of which no build is known it is the first', () => {
  expect(firstWords({ of: 'folder', comparable: [] })).toBe(
    'This is the first build of this folder that Layerdeck knows of; there is no earlier one to compare it with.',
  );
  expect(firstWords({ of: 'dockerfile', comparable: [] })).not.toContain('first');
});
