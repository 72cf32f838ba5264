import { expect, test } from 'vitest';
import type { BuildStep } from '../../../../contract/build.ts';
import { type MadeStep, reusableSteps } from '../../../../main/features/build-history/comparison/reusable-steps.ts';
import { readInstructions } from '../../../../main/foundation/dockerfile/read-instructions.ts';

const dockerfile = 'FROM base\nENV A=1\nRUN make\nCOPY . /app\nCMD ["app"]\n';
const instructions = readInstructions(dockerfile, {}, 'classic');
const steps = (...states: BuildStep['state'][]): BuildStep[] =>
  ['FROM base', 'ENV A=1', 'RUN make', 'COPY . /app', 'CMD ["app"]'].map((instruction, place) => ({
    id: String(place),
    stage: '',
    number: place + 1,
    instruction,
    state: states[place] ?? 'built',
  }));

/** As engine 20.10 writes it; `files` stands for the digest of what was copied. */
const history = (files: string, isFromElsewhere = false): MadeStep[] =>
  [
    '/bin/sh -c #(nop) ADD file:1 in / ',
    '/bin/sh -c #(nop)  ENV A=1',
    '/bin/sh -c make',
    `/bin/sh -c #(nop) COPY dir:${files} in /app `,
    '/bin/sh -c #(nop)  CMD ["app"]',
  ].map((text) => ({ text, isFromElsewhere }));

const find = (all: BuildStep[], made: MadeStep[], other: MadeStep[]) =>
  reusableSteps({ builder: 'classic', steps: all }, instructions, made, other);

test('steps that were built although an image from elsewhere has them', () => {
  expect(find(steps('cached'), history('new'), history('old', true))).toEqual({ step: '1', count: 2 });
  expect(find(steps('cached'), history('same'), history('same', true))).toEqual({ step: '1', count: 4 });
});

test('nothing if they came from the cache, if it was made here, or if nothing is the same', () => {
  expect(find(steps('cached', 'cached', 'cached'), history('new'), history('old', true))).toBeUndefined();
  expect(find(steps('cached'), history('new'), history('old'))).toBeUndefined();
  expect(find(steps('cached'), history('new'), history('old', true).slice(1))).toBeUndefined();
});

test('the base image alone gives no steps', () => {
  expect(find(steps('cached'), history('new'), history('old', true).slice(0, 1))).toBeUndefined();
});

test('nothing if the history cannot be matched with the Dockerfile', () => {
  expect(find(steps('cached'), history('new').slice(2), history('old', true).slice(2))).toBeUndefined();
});

test('labels that were chosen stand behind the last line', () => {
  const labelled = (files: string) => [...history(files, true), { text: '/bin/sh -c #(nop)  LABEL a=b', isFromElsewhere: true }];
  expect(find(steps('cached'), labelled('new'), labelled('old'))).toEqual({ step: '1', count: 2 });
});
