import { expect, test } from 'vitest';
import type { BuildStep } from '../../../contract/build.ts';
import type { Builder } from '../../../contract/engine.ts';
import { withLines } from '../../../main/features/builds/step-lines.ts';
import { readInstructions } from '../../../main/foundation/dockerfile/read-instructions.ts';

type Told = Pick<BuildStep, 'stage' | 'number' | 'instruction'>;

/** The lines of each step, as `first-last`. */
function linesOf(dockerfile: string, told: Told[], builder: Builder = 'buildkit') {
  const steps = told.map((one, place): BuildStep => ({ ...one, id: String(place), state: 'built' }));
  const { steps: found } = withLines({ builder, steps }, readInstructions(dockerfile, {}, builder));
  return found.map(({ lines }) => lines && `${lines.first}-${lines.last}`);
}

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

test('an instruction over several lines, and the same one in two stages', () => {
  const told = [
    { stage: 'stage-1', number: 2, instruction: 'RUN apk add   curl   tini' },
    { stage: 'assets', number: 2, instruction: 'RUN npm ci' },
    { stage: 'stage-1', number: 4, instruction: 'RUN npm ci' },
    { stage: 'stage-1', number: 1, instruction: 'FROM docker.io/library/alpine@sha256:0' },
    { stage: 'stage-1', number: 3, instruction: 'COPY --chown=me . /app' },
    { instruction: 'exporting to image' },
  ];
  expect(linesOf(dockerfile, told)).toEqual(['5-8', '2-2', '10-10', '4-4', '9-9', undefined]);
});

test('equal instructions of one stage are told apart', () => {
  const told = [1, 2, 3].map((number) => ({ stage: '', number, instruction: number === 1 ? 'FROM a' : 'RUN true' }));
  expect(linesOf('FROM a\nRUN true\nRUN true\n', told)).toEqual(['1-1', '2-2', '3-3']);
});

test('here-documents and another continuation character', () => {
  const told = [1, 2, 3].map((number) => ({ stage: '', number, instruction: number === 1 ? 'FROM a' : 'RUN x' }));
  expect(linesOf('FROM a\nRUN <<EOF\nFROM b\nEOF\nRUN x', told)).toEqual(['1-1', '2-4', '5-5']);
  expect(linesOf('# escape=`\nFROM a\nRUN x `\n  y\nRUN z', told)).toEqual(['2-2', '3-4', '5-5']);
});

test('the classic builder takes them in order', () => {
  const told = ['FROM a', 'ENV A=1', 'RUN x'].map((instruction, place) => ({ stage: '', number: place + 1, instruction }));
  expect(linesOf('ARG T\nFROM a\nENV A=1\nRUN x', [{ instruction: 'ARG T' }, ...told], 'classic')).toEqual([
    undefined,
    '2-2',
    '3-3',
    '4-4',
  ]);
});

test('nothing is marked rather than a wrong line', () => {
  expect(linesOf('FROM a\nRUN x', [{ stage: '', number: 2, instruction: 'COPY y z' }])).toEqual([undefined]);
  // an ONBUILD of the base puts a step before
  const told = [1, 2, 3].map((number) => ({ stage: '', number, instruction: number === 1 ? 'FROM a' : 'RUN x' }));
  expect(linesOf('FROM a\nRUN x', told)).toEqual([undefined, undefined, undefined]);
});
