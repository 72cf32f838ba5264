import { expect, it } from 'vitest';
import type { Layer } from '../../../../contract/image.ts';
import { doubtWords, placeWords, sharedWords, sizeWords } from '../../../../renderer/features/layers/layer-words.ts';

const step = (of: Partial<Layer> = {}): Layer => ({ instruction: 'RUN x', size: 0, createdAt: 0, fromElsewhere: false, ...of });

it.each<[Partial<Layer>, string, string | undefined, string]>([
  [{ hasLayer: true, number: 2, size: 5, sharedWith: 0 }, '5 B', 'with no other image', 'Layer 2 of 4'],
  [{ hasLayer: true, number: 1, sharedWith: 1 }, '0 B', 'with 1 other image', 'Layer 1 of 4'],
  [{ hasLayer: true, size: 5 }, '5 B', 'unknown', 'One of 4 layers'],
  [{ hasLayer: false }, 'No layer: the step changed no files', undefined, 'A step that adds no files'],
  [{}, 'No bytes; it’s unknown whether it has a layer', 'unknown', 'A step that may have a layer'],
])('says only what is known about %j', (of, size, shared, place) => {
  const words = [sizeWords(step(of)), sharedWords(step(of)), placeWords(step(of), 4)];
  expect(words.map((text) => text?.replaceAll('\u00a0', ' '))).toEqual([size, shared, place]);
});

it('says when the engine doesn’t tell which step made which layer', () => {
  expect(doubtWords({ layers: [step({ hasLayer: true, number: 1 }), step({ hasLayer: false })] })).toBeUndefined();
  expect(doubtWords({ layers: [step(), step()] })).toContain('2 steps without bytes');
});
