import { expect, test } from 'vitest';
import { layersOfLines } from '../../../main/build/explain/layers-of-lines.ts';
import { readInstructions } from '../../../main/build/explain/read-instructions.ts';
import { readsLike } from '../../../main/build/explain/reads-like.ts';

const steps = (...history: string[]) => ['ADD file:1 in /', ...history].map((createdBy) => ({ createdBy, size: 0 }));

function isLike(dockerfile: string[], own: string[], other: string[]): boolean {
  const instructions = readInstructions(['FROM a', ...dockerfile].join('\n'));
  const made = layersOfLines(instructions, steps(...own), { behind: 0 });
  return readsLike(instructions, made, steps(...other), undefined);
}

const lines = ['RUN make', 'COPY . /app', 'EXPOSE 80'];
const byBuildKit = ['RUN make', 'COPY . /app', 'EXPOSE map[80/tcp:{}]'];
const byClassic = ['RUN make', `COPY dir:${'1'.repeat(64)} in /app`, 'EXPOSE 80'];

test('the same steps are known whoever built them and whatever was copied', () => {
  expect(isLike(lines, byBuildKit, byClassic)).toBe(true);
  expect(isLike(lines, byClassic, byBuildKit)).toBe(true);
  // upon another base image as well
  expect(isLike(lines, byBuildKit, ['ENV A=1', ...byClassic])).toBe(true);
});

test('another command, another place, a step more or less are not', () => {
  expect(isLike(lines, byBuildKit, ['RUN make all', ...byClassic.slice(1)])).toBe(false);
  expect(isLike(lines, byBuildKit, ['RUN make', 'COPY . /other', 'EXPOSE 80'])).toBe(false);
  expect(isLike(lines, byBuildKit, [...byClassic, 'CMD ["a"]'])).toBe(false);
  expect(isLike(lines, byBuildKit, byClassic.slice(1))).toBe(false);
});

test('one step alone, or settings, are of many images', () => {
  expect(isLike(['COPY . /app'], ['COPY . /app'], ['COPY . /app'])).toBe(false);
  expect(isLike(['ENV A=1', 'WORKDIR /a'], ['ENV A=1', 'WORKDIR /a'], ['ENV A=1', 'WORKDIR /a'])).toBe(false);
});
