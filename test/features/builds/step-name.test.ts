import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeOf } from '../../../main/features/builds/step-name.ts';

/** A name as BuildKit makes it (frontend/dockerfile/dockerfile2llb, prefixCommand): the number is as wide as the total. */
function nameOf(total: number, number: number, instruction: string, { stage = '', platform = '' } = {}): string {
  const parts = [platform, stage, String(number).padStart(String(total).length)].filter(Boolean);
  return `[${parts.join(' ')}/${total}] ${instruction}`;
}

const stages = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,20}$/);
const platforms = fc.constantFrom('', 'linux/amd64', 'linux/arm/v7', 'linux/amd64->arm64', 'windows(10.0.20348)/amd64');

describe('placeOf', () => {
  test.each([9, 10, 99, 100, 120])('every one of %i steps has its place', (total) => {
    for (let number = 1; number <= total; number++) {
      expect(placeOf(nameOf(total, number, 'RUN make'))).toEqual({ stage: '', number, instruction: 'RUN make' });
      expect(placeOf(nameOf(total, number, 'RUN make', { stage: 'build' }))).toEqual({ stage: 'build', number, instruction: 'RUN make' });
    }
  });

  test('whatever the stage, the platform, the number and the instruction are', () => {
    fc.assert(
      fc.property(
        fc.nat(2000),
        fc.nat(),
        fc.string(),
        fc.option(stages, { nil: '' }),
        platforms,
        (more, at, instruction, stage, platform) => {
          const total = more + 1;
          const number = (at % total) + 1;
          expect(placeOf(nameOf(total, number, instruction, { stage, platform }))).toEqual({ stage, number, instruction });
        },
      ),
      { seed: 9 },
    );
  });

  test('the total of older engines leaves out the steps that a base image adds', () => {
    expect(placeOf('[3/2] RUN echo onbuild')).toEqual({ stage: '', number: 3, instruction: 'RUN echo onbuild' });
    expect(placeOf('[app 4/2] RUN make')).toEqual({ stage: 'app', number: 4, instruction: 'RUN make' });
  });

  test.each([
    ['[internal] load build definition from Dockerfile', 'load build definition from Dockerfile'],
    ['[internal] load metadata for docker.io/library/a:1', 'load metadata for docker.io/library/a:1'],
    ['[auth] library/node:pull token for registry-1.docker.io', '[auth] library/node:pull token for registry-1.docker.io'],
    ['exporting to image', 'exporting to image'],
    ['[ 0/13] RUN x', '[ 0/13] RUN x'],
    ['[internal] load 2/3] x', 'load 2/3] x'],
    ['docker-image://docker.io/docker/dockerfile:1', 'docker-image://docker.io/docker/dockerfile:1'],
  ])('%s is the builder’s own work', (name, instruction) => {
    expect(placeOf(name)).toEqual({ instruction });
  });

  test.each(['RUN [ "a" = "[ 2/13] b" ]', 'COPY ["a [1/2] b", "/c"]', 'RUN <<EOF (echo [3/4] hi...)\nsecond line'])(
    'brackets of the instruction stay: %s',
    (instruction) => {
      expect(placeOf(nameOf(13, 2, instruction, { stage: 'a' }))).toEqual({ stage: 'a', number: 2, instruction });
      expect(placeOf(nameOf(13, 2, instruction))).toEqual({ stage: '', number: 2, instruction });
    },
  );
});
