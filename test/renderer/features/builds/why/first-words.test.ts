import { expect, test } from 'vitest';
import type { BuildStep } from '../../../../../contract/build.ts';
import type { BuildExplanation } from '../../../../../contract/explanation.ts';
import { cachedWords, firstWords } from '../../../../../renderer/features/builds/why/first-words.ts';
import { endedBuild } from '../../../../support/kept-build.ts';

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

test('steps from the cache are named, and it is said that nobody knows who made them', () => {
  expect(told(['cached', 'cached', 'cached', 'built'])).toBe(
    'Besides the base image, “Work in the folder /a” and “Copy b into /b” came from the cache. It isn’t known who made them. It isn’t known why the others weren’t there.',
  );
  expect(told(['cached', 'cached', 'cached', 'cached'])).not.toContain('others');
});

test('a base that was already here is mentioned, as it counts as a step', () => {
  expect(told(['cached'])).toBe('Apart from the base image, none of its steps came from the cache. It isn’t known why they weren’t there.');
  expect(told(['built', 'cached'])).toMatch(/^“Work in the folder \/a” came from the cache. It isn’t known who made it/);
  expect(told([])).toBe('None of its steps came from the cache. It isn’t known why they weren’t there.');
});

test('what is known is not called unknown', () => {
  expect(told([], { noCache: true })).toBe('The build was told to build everything again (no cache).');
  expect(told([], { steps: [{ step: '1', causes: [], follows: [] }] })).toBe('None of its steps came from the cache.');
});

test('a build is called the first only if none of its folder is known', () => {
  expect(firstWords({ of: 'folder', comparable: [] })).toBe(
    'This is the first build of this folder that Layerdeck knows of, so there is no earlier one to compare it with.',
  );
  expect(firstWords({ of: 'dockerfile', comparable: [] })).not.toContain('first');
});
