import { expect, it } from 'vitest';
import type { Layer } from '../../../../contract/image.ts';
import { placeLayers } from '../../../../renderer/features/layers/place-layers.ts';

const layer = (size: number, empty = false): Layer => ({
  instruction: 'RUN x',
  size,
  createdAt: 0,
  hasLayer: !empty,
  fromElsewhere: false,
  sharedWith: 0,
});

it('makes blocks in proportion to their bytes, but never too small to see', () => {
  const { placed, height } = placeLayers([layer(1), layer(900), layer(99)], false);
  const blocks = placed.map(({ block }) => block?.height ?? 0);
  expect(Math.min(...blocks)).toBeGreaterThanOrEqual(4);
  expect(blocks[1]).toBeGreaterThan((blocks[2] ?? 0) * 5);
  const last = placed.at(-1)?.block;
  expect((last?.top ?? 0) + (last?.height ?? 0)).toBeCloseTo(height);
});

it('hides steps without files unless they are asked for, and never gives them a block', () => {
  const layers = [layer(0, true), layer(5), layer(0, true)];
  expect(placeLayers(layers, false).placed.map(({ index }) => index)).toEqual([1]);
  expect(placeLayers(layers, true).placed.map(({ block }) => block !== undefined)).toEqual([false, true, false]);
});

it('copes with an image of nothing but empty layers', () => {
  expect(placeLayers([layer(0)], false).placed[0]?.block?.share).toBe(0);
  expect(placeLayers([], false).height).toBe(0);
});
