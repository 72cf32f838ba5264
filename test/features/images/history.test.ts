import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diskUse, ownSizes, partsOf } from '../../../main/features/images/disk-parts.ts';
import { alignLayers, stepsToAsk } from '../../../main/features/images/history.ts';
import { indexed } from '../../../main/features/images/layer-index.ts';
import type { HistoryStep } from '../../../main/foundation/engine/answers/image-answers.ts';
import { cleanInstruction } from '../../../main/foundation/formats/clean-instruction.ts';

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

/** As BuildKit writes a step without `#(nop)`, and without an image of its own. */
const step = (CreatedBy: string, Size: number, Id = '<missing>'): HistoryStep => ({
  Id,
  Created: 1,
  CreatedBy,
  Size,
  Comment: CreatedBy.startsWith('/bin/sh') ? '' : 'buildkit.dockerfile.v0',
});

describe('alignLayers', () => {
  test('if every step that may have a layer needs one, all get theirs in order', () => {
    const steps = alignLayers(
      [step('CMD ["x"]', 0), step('COPY . /app', 5), step('WORKDIR /app', 0), step('ENV A=b', 0), step('', 100)],
      ['base', 'workdir', 'copy'],
    );
    expect(steps.map(({ diffId }) => diffId)).toEqual([undefined, 'copy', 'workdir', undefined, 'base']);
    expect(steps.map(({ hasLayer }) => hasLayer)).toEqual([false, true, true, false, true]);
  });

  test('a history that does not add up is left unknown', () => {
    expect(alignLayers([step('COPY . /app', 5)], ['a', 'b'])).toMatchObject([{ hasLayer: true }]);
    expect(alignLayers([step('COPY . /app', 5)], ['a', 'b'])[0]).not.toHaveProperty('diffId');
    expect(alignLayers([], ['a'])).toEqual([]);
  });

  // RUN true keeps no layer with the classic builder, RUN mkdir keeps one without bytes
  const noOp = [
    step('/bin/sh -c true', 0, 'sha256:true'),
    step('/bin/sh -c mkdir /empty', 0, 'sha256:mkdir'),
    step('/bin/sh -c head -c 50000000 /dev/urandom > /big', 50_000_000, 'sha256:big'),
    step('/bin/sh -c #(nop)  CMD ["/bin/sh"]', 0),
    step('/bin/sh -c #(nop) COPY dir:1 in / ', 1_982_354),
  ];
  const noOpLayers = ['copy', 'big', 'mkdir'];

  test('a step that left nothing is recognised by its own image, not by guessing', () => {
    expect(stepsToAsk(noOp, noOpLayers)).toEqual(['sha256:true', 'sha256:mkdir', 'sha256:big']);
    const counts = new Map([
      ['sha256:true', 3],
      ['sha256:mkdir', 3],
      ['sha256:big', 2],
    ]);
    expect(alignLayers(noOp, noOpLayers, counts).map(({ hasLayer, diffId }) => [hasLayer, diffId])).toEqual([
      [false, undefined],
      [true, 'mkdir'],
      [true, 'big'],
      [false, undefined],
      [true, 'copy'],
    ]);
  });

  test('without such images only the doubtful steps are unknown, and the bytes of all layers are known', () => {
    expect(alignLayers(noOp, noOpLayers).map(({ hasLayer, diffId }) => [hasLayer, diffId])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [true, 'big'],
      [false, undefined],
      [true, 'copy'],
    ]);
    expect(ownSizes([partsOf(indexed({ steps: alignLayers(noOp, noOpLayers), diffIds: noOpLayers }))])).toEqual([51_982_354]);
  });

  test('a command named like an instruction is not one, and other builders keep an empty layer of an instruction', () => {
    const blank = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';
    expect(alignLayers([{ ...step('ENV', 0), Comment: '' }], [])).toMatchObject([{ hasLayer: false }]);
    expect(alignLayers([{ ...step('ENV', 0), Comment: '' }], ['x'])).toMatchObject([{ hasLayer: true }]);
    const buildah = [step('/bin/sh -c true', 0), step('/bin/sh -c #(nop) ENV A=b', 0), step('/bin/sh -c x', 7)];
    expect(alignLayers(buildah, ['x', blank]).map(({ hasLayer }) => hasLayer)).toEqual([undefined, undefined, true]);
    expect(alignLayers(buildah, ['x', blank, blank]).map(({ hasLayer }) => hasLayer)).toEqual([true, true, true]);
  });

  test('asks about no step of an image whose layers can be placed in one way only', () => {
    expect(stepsToAsk([step('/bin/sh -c x', 5, 'sha256:x'), step('/bin/sh -c #(nop) ENV A=b', 0, 'sha256:env')], ['x'])).toEqual([]);
  });
});

test('own and shared bytes follow from which images have a layer on the same layers below', () => {
  const image = (...layers: [string, number][]) => {
    const diffIds = layers.map(([id]) => id);
    return partsOf(indexed({ steps: alignLayers(layers.map(([, size]) => step('RUN x', size)).reverse(), diffIds), diffIds }));
  };
  const one = image(['base', 100], ['one', 10]);
  const two = image(['base', 100], ['two', 20]);
  expect(ownSizes([one, two])).toEqual([10, 20]);
  expect(diskUse([one, two])).toEqual({ used: 130, packed: 0, savedBySharing: 100 });
  // the same files on another base are on the disk twice, as the engine names layers by everything below them
  expect(ownSizes([one, image(['other', 5], ['one', 10])])).toEqual([110, 15]);
});

test('whatever made an image, no byte is claimed that it may not have: all known answers are true', () => {
  const made = fc.array(fc.record({ bytes: fc.nat(3), keeps: fc.boolean(), isSetting: fc.boolean(), isHere: fc.boolean() }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.array(made, { minLength: 1, maxLength: 4 }), (images) => {
      const read = images.map((steps) => {
        const truth: { id: string; bytes: number }[] = [];
        const counts = new Map<string, number>();
        const history = steps.map(({ bytes, keeps, isSetting, isHere }, at) => {
          const size = isSetting ? 0 : bytes;
          if (size > 0 || (keeps && !isSetting)) truth.push({ id: `${at}-${size}`, bytes: size });
          if (isHere) counts.set(`sha256:${at}`, truth.length);
          return step(isSetting ? '/bin/sh -c #(nop) ENV a=b' : '/bin/sh -c x', size, isHere ? `sha256:${at}` : '<missing>');
        });
        const diffIds = truth.map(({ id }) => id);
        const asked = new Map([...counts].filter(([id]) => stepsToAsk(history.toReversed(), diffIds).includes(id)));
        return { truth, image: indexed({ steps: alignLayers(history.reverse(), diffIds, asked), diffIds }) };
      });
      for (const { truth, image } of read) {
        const known = image.steps.filter(({ diffId }) => diffId !== undefined);
        expect(known.every(({ diffId, size }) => truth.some(({ id, bytes }) => id === diffId && bytes === size))).toBe(true);
      }
      const chains = new Map(read.flatMap(({ truth, image }) => image.chains.map((chain, at) => [chain, truth[at]?.bytes ?? 0] as const)));
      const used = diskUse(read.map(({ image }) => partsOf(image)))?.used;
      expect([undefined, [...chains.values()].reduce((sum, bytes) => sum + bytes, 0)]).toContain(used);
      const owns = read.map(({ image }) =>
        image.chains.filter((chain) => read.filter((other) => other.image.chains.includes(chain)).length === 1),
      );
      ownSizes(read.map(({ image }) => partsOf(image))).forEach((own, at) => {
        expect([undefined, owns[at]?.reduce((sum, chain) => sum + (chains.get(chain) ?? 0), 0)]).toContain(own);
      });
    }),
    { numRuns: 2000 },
  );
});
