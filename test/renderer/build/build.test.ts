import { describe, expect, it } from 'vitest';
import type { BuildStep } from '../../../contract/build.ts';
import { describeStep } from '../../../renderer/build/describe-step.ts';
import { findLines } from '../../../renderer/build/find-lines.ts';
import { describeGroup, groupSteps } from '../../../renderer/build/group-steps.ts';
import { lastLines } from '../../../renderer/build/step-words.ts';

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

  it('sums a closed group up', () =>
    expect(groups[1] && describeGroup(groups[1]).replaceAll('\u00a0', ' ')).toBe('2 steps, all from cache'));

  it('puts what becomes known late in its place', () => {
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

describe('findLines', () => {
  const dockerfile = [
    'FROM node:22 AS Assets',
    'RUN npm ci',
    '# a comment',
    'FROM alpine',
    'RUN apk add \\',
    '  # in between',
    '  curl \\',
    '  tini',
    'COPY --chown=$USER . /app',
    'RUN npm ci',
  ].join('\n');

  it('finds an instruction over several lines', () => {
    expect(findLines(dockerfile, step('1', 'RUN apk add   curl   tini', { stage: 'stage-1' }))).toEqual({ first: 5, last: 8 });
  });

  it('keeps the stages apart', () => {
    expect(findLines(dockerfile, step('1', 'RUN npm ci', { stage: 'assets' }))).toEqual({ first: 2, last: 2 });
    expect(findLines(dockerfile, step('1', 'RUN npm ci', { stage: 'stage-1' }))).toEqual({ first: 10, last: 10 });
    expect(findLines(dockerfile, step('1', 'FROM docker.io/library/alpine@sha256:0', { stage: 'stage-1' }))).toEqual({ first: 4, last: 4 });
  });

  it('knows the first stage when the builder does not name it', () => {
    const twice = 'FROM alpine\nRUN true\nFROM alpine AS Last\nRUN true';
    expect(findLines(twice, step('1', 'RUN true', { stage: '' }))).toEqual({ first: 2, last: 2 });
    expect(findLines(twice, step('1', 'RUN true', { stage: 'Last' }))).toEqual({ first: 4, last: 4 });
  });

  it('takes the only one of its kind where arguments were written out', () => {
    expect(findLines(dockerfile, step('1', 'COPY --chown=me . /app', { stage: 'stage-1' }))).toEqual({ first: 9, last: 9 });
  });

  it('marks nothing rather than a wrong line', () => {
    expect(findLines(dockerfile, step('1', 'RUN something else', { stage: 'stage-1' }))).toBeUndefined();
    expect(findLines(dockerfile, step('1', 'exporting to image'))).toBeUndefined();
  });
});

it('says the builder’s own work in plain words', () => {
  expect(describeStep('load build context')).toBe('Send the folder');
  expect(describeStep('load metadata for docker.io/library/node:22')).toBe('Look up node:22');
  expect(describeStep(`FROM docker.io/library/node:22@sha256:${'a'.repeat(64)}`)).toBe('Start from node:22');
});

it('takes the last lines of one step only', () => {
  const lines = ['a', 'b', 'c', ''].map((text, index) => ({ number: index + 1, text, step: text === 'b' ? 'other' : 'mine' }));
  expect(lastLines(lines, 'mine', 5)).toEqual(['a', 'c']);
  expect(lastLines(lines, 'mine', 1)).toEqual(['c']);
});
