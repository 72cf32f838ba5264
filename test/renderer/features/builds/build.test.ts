import { describe, expect, it } from 'vitest';
import type { BuildStep } from '../../../../contract/build.ts';
import { describeStep } from '../../../../renderer/features/builds/describe-step.ts';
import { describeGroup, groupSteps } from '../../../../renderer/features/builds/group-steps.ts';
import { lastLines } from '../../../../renderer/features/builds/step-words.ts';

const step = (id: string, instruction: string, more: Partial<BuildStep> = {}): BuildStep => ({ id, instruction, state: 'built', ...more });

describe('groupSteps', () => {
  const groups = groupSteps([
    step('1', 'load build definition from Dockerfile'),
    step('2', 'FROM docker.io/library/node:22', { stage: 'assets', number: 1, state: 'cached' }),
    step('3', 'FROM alpine', { stage: 'app', number: 1 }),
    step('4', 'RUN npm ci', { stage: 'assets', number: 2, state: 'cached' }),
    step('5', 'RUN false', { stage: 'app', number: 2, state: 'failed' }),
    step('6', 'exporting to image', { state: 'waiting' }),
  ]);

  it('keeps stages together, whatever the order they ran in', () => {
    expect(groups.map(({ title, steps, state }) => [title, steps.length, state])).toEqual([
      ['Get ready', 1, 'built'],
      ['assets', 2, 'cached'],
      ['app', 2, 'failed'],
      ['Save the image', 1, 'waiting'],
    ]);
    expect(groups[1]?.base).toBe('node:22');
  });

  it('sums up a closed group', () =>
    expect(groups[1] && describeGroup(groups[1]).replaceAll('\u00a0', ' ')).toBe('2 steps, all from cache'));

  it('puts steps that are announced late in their place', () => {
    const late = groupSteps([
      step('1', 'RUN make', { stage: '', number: 2 }),
      step('2', 'load build context'),
      step('3', 'FROM alpine', { stage: '', number: 1 }),
    ]);
    expect(late.map(({ title, base, steps }) => [title, base, steps.map(({ id }) => id)])).toEqual([
      ['Get ready', undefined, ['2']],
      ['Steps', 'alpine', ['3', '1']],
    ]);
  });

  it('calls the only unnamed stage “Steps”', () => {
    expect(groupSteps([step('1', 'FROM alpine', { stage: 'stage-0', number: 1 })])[0]?.title).toBe('Steps');
  });
});

it('says the builder’s own work in plain words', () => {
  expect(describeStep('load build context')).toBe('Send the folder');
  expect(describeStep('load metadata for docker.io/library/node:22')).toBe('Look up node:22');
  expect(describeStep(`FROM docker.io/library/node:22@sha256:${'a'.repeat(64)}`)).toBe('Start from node:22');
});

it('takes the last lines of one step alone', () => {
  const lines = ['a', 'b', 'c', ''].map((text, index) => ({ number: index + 1, text, step: text === 'b' ? 'other' : 'mine' }));
  expect(lastLines(lines, 'mine', 5)).toEqual(['a', 'c']);
  expect(lastLines(lines, 'mine', 1)).toEqual(['c']);
});

it('leaves out what the classic builder says itself', () => {
  const own = ['Step 2/3 : RUN x', ' ---> Running in 0123456789ab', 'one', 'two', 'Removing intermediate container 0123456789ab'];
  const lines = own.map((text, index) => ({ number: index + 1, text, step: '2' }));
  expect(lastLines(lines, '2', 6)).toEqual(['one', 'two']);
  expect(lastLines(lines.slice(0, 2), '2', 6)).toEqual([]);
});
