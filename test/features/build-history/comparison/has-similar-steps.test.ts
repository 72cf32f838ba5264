import { expect, test } from 'vitest';
import { hasSimilarSteps } from '../../../../main/features/build-history/comparison/has-similar-steps.ts';
import { layersOfLines } from '../../../../main/features/build-history/comparison/layers-of-lines.ts';
import { readInstructions } from '../../../../main/foundation/dockerfile/read-instructions.ts';

const steps = (...history: string[]) => history.map((createdBy) => ({ createdBy, size: 0 }));
const base = 'ADD file:1 in /';

function isLike(dockerfile: string[], own: string[], other: string[], { onBase = [base], otherBase = [base] } = {}): boolean {
  const instructions = readInstructions(['FROM a', ...dockerfile].join('\n'));
  const layers = steps(...onBase, ...own);
  const made = layersOfLines(instructions, layers, { behind: 0 });
  return hasSimilarSteps(instructions, { layers, made }, steps(...otherBase, ...other), undefined);
}

const lines = ['RUN make', 'COPY . /app', 'EXPOSE 80'];
const byBuildKit = ['RUN make', 'COPY . /app', 'EXPOSE map[80/tcp:{}]'];
const byClassic = ['RUN make', `COPY dir:${'1'.repeat(64)} in /app`, 'EXPOSE 80'];

test('the same steps are recognised whoever built them and whatever was copied', () => {
  expect(isLike(lines, byBuildKit, byClassic)).toBe(true);
  expect(isLike(lines, byClassic, byBuildKit)).toBe(true);
  // on another base image as well
  expect(isLike(lines, byBuildKit, byClassic, { otherBase: ['ADD file:2 in /', 'ENV A=1'] })).toBe(true);
  expect(isLike(lines, byBuildKit, byClassic, { onBase: ['ADD file:2 in /', 'ENV A=1'] })).toBe(true);
});

test('another command, another place, a step more or less are not', () => {
  expect(isLike(lines, byBuildKit, ['RUN make all', ...byClassic.slice(1)])).toBe(false);
  expect(isLike(lines, byBuildKit, ['RUN make', 'COPY . /other', 'EXPOSE 80'])).toBe(false);
  expect(isLike(lines, byBuildKit, [...byClassic, 'CMD ["a"]'])).toBe(false);
  expect(isLike(lines, byBuildKit, byClassic.slice(1))).toBe(false);
});

test('steps that every project has prove nothing, and steps between the base and the rest are not overlooked', () => {
  const node = ['WORKDIR /app', 'COPY . .', 'CMD node'];
  const python = ['WORKDIR /app', 'COPY . .', 'CMD python'];
  expect(isLike(node, node, ['RUN echo python', ...python])).toBe(false);
  expect(isLike(node, node, python)).toBe(false);
  expect(isLike(lines, byBuildKit, ['RUN echo python', ...byClassic])).toBe(false);
});

test('one step alone, or settings, occur in many images', () => {
  expect(isLike(['COPY . /app'], ['COPY . /app'], ['COPY . /app'])).toBe(false);
  expect(isLike(['ENV A=1', 'WORKDIR /a'], ['ENV A=1', 'WORKDIR /a'], ['ENV A=1', 'WORKDIR /a'])).toBe(false);
});
