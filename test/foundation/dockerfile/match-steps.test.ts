import { expect, test } from 'vitest';
import type { BuildProgress, BuildStep } from '../../../contract/build.ts';
import { matchSteps, upstreamSteps } from '../../../main/foundation/dockerfile/match-steps.ts';
import { readInstructions } from '../../../main/foundation/dockerfile/read-instructions.ts';

const step = (id: string, number: number, instruction: string, needs?: string[]): BuildStep =>
  ({ id, number, of: 3, instruction, state: 'built', ...(needs && { needs }) }) as BuildStep;

const upstream = (builder: BuildProgress['builder'], steps: BuildStep[]) => {
  const progress = { builder, steps } as BuildProgress;
  return Object.fromEntries(upstreamSteps(progress, matchSteps(progress, readInstructions('FROM a\nCOPY b c\nRUN d\n', {}, builder))));
};

test('BuildKit’s word decides, in whatever order the steps came: no step builds on itself by a detour', () => {
  const steps = [step('copy', 2, 'COPY b c', ['from']), step('from', 1, 'FROM a'), step('run', 3, 'RUN d', ['copy'])];
  expect(upstream('buildkit', steps)).toEqual({ copy: ['from'], from: [], run: ['copy'] });
});

test('a stage that Podman leaves out, as nothing needs it, shifts no line', () => {
  const text = 'FROM a AS one\nRUN b\nFROM c\nRUN d\nFROM e\nRUN f\n';
  const steps = [
    { ...step('1', 1, 'FROM c'), stage: 'stage-1' },
    { ...step('2', 2, 'RUN d'), stage: 'stage-1' },
    { ...step('3', 1, 'FROM e'), stage: 'stage-2' },
  ];
  const matched = matchSteps({ builder: 'classic', steps }, readInstructions(text, {}, 'classic'));
  expect([...matched].map(([id, { line }]) => [id, line])).toEqual([
    ['1', 3],
    ['2', 4],
    ['3', 5],
  ]);
});

test('the classic builder says nothing: a step builds on the one before it', () => {
  const steps = [step('1', 1, 'FROM a'), step('2', 2, 'COPY b c'), step('3', 3, 'RUN d')];
  expect(upstream('classic', steps)).toEqual({ 1: [], 2: ['1'], 3: ['2'] });
});
