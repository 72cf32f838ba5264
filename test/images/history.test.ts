import { describe, expect, test } from 'vitest';
import { cleanInstruction } from '../../main/formats/clean-instruction.ts';
import { alignLayers, type HistoryStep } from '../../main/images/history.ts';
import { countUses, diskUse, ownSize } from '../../main/images/layer-index.ts';

test.each([
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
  ['/bin/sh -c #(nop) COPY dir:abc in /app ', 'COPY dir:abc in /app'],
  ['/bin/sh -c apk add curl', 'RUN apk add curl'],
  ['RUN /bin/sh -c apk add curl # buildkit', 'RUN apk add curl'],
  ['RUN |1 A=b /bin/sh -c make # buildkit', 'RUN make'],
  ['|2 A=b C=d /bin/sh -c make', 'RUN make'],
  ['COPY . /app # buildkit', 'COPY . /app'],
  ['ENV A=b', 'ENV A=b'],
  ['', ''],
])('%s was written as %s', (createdBy, instruction) => expect(cleanInstruction(createdBy)).toBe(instruction));

const step = (CreatedBy: string, Size: number): HistoryStep => ({ Id: '<missing>', Created: 1, CreatedBy, Size });

describe('alignLayers', () => {
  test('bytes and instructions that write files get the diff ids in order', () => {
    const steps = alignLayers(
      [step('CMD ["x"]', 0), step('COPY . /app', 5), step('WORKDIR /app', 0), step('ENV A=b', 0), step('', 100)],
      ['base', 'workdir', 'copy'],
    );
    expect(steps.map(({ diffId }) => diffId)).toEqual([undefined, 'copy', 'workdir', undefined, 'base']);
    expect(steps.map(({ empty }) => empty)).toEqual([true, false, false, true, false]);
  });

  test('what does not add up is left unknown', () => {
    expect(alignLayers([step('COPY . /app', 5)], ['a', 'b']).every(({ diffId }) => diffId === undefined)).toBe(true);
  });
});

test('own and shared bytes follow from which images have a layer', () => {
  const image = (...layers: [string, number][]) => ({
    layers: alignLayers(
      layers.map(([, size]) => step('RUN x', size)).reverse(),
      layers.map(([id]) => id),
    ),
    diffIds: layers.map(([id]) => id),
  });
  const one = image(['base', 100], ['one', 10]);
  const two = image(['base', 100], ['two', 20]);
  const uses = countUses([one, two]);
  expect(ownSize(one, uses)).toBe(10);
  expect(ownSize(two, uses)).toBe(20);
  expect(diskUse([one, two])).toEqual({ used: 130, savedBySharing: 100 });
});
