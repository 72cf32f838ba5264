import { expect, it } from 'vitest';
import type { Layer } from '../../../contract/image.ts';
import { doubtWords, placeWords, sharedWords, sizeWords } from '../../../renderer/layers/layer-words.ts';

const step = (of: Partial<Layer> = {}): Layer => ({ instruction: 'RUN x', size: 0, createdAt: 0, fromElsewhere: false, ...of });

it.each<[Partial<Layer>, string, string | undefined, string]>([
  [{ hasLayer: true, number: 2, size: 5, sharedWith: 0 }, '5 B', 'with no other image', 'Layer 2 of 4'],
  [{ hasLayer: true, number: 1, sharedWith: 1 }, '0 B', 'with 1 other image', 'Layer 1 of 4'],
  [{ hasLayer: true, size: 5 }, '5 B', 'not known', 'One of 4 layers'],
  [{ hasLayer: false }, 'No layer: it changed no files', undefined, 'A step that adds no files'],
  [{}, 'No bytes. Whether it has a layer is not known', 'not known', 'A step, perhaps with a layer'],
])('of %j it says only what is known', (of, size, shared, place) => {
  const words = [sizeWords(step(of)), sharedWords(step(of)), placeWords(step(of), 4)];
  expect(words.map((text) => text?.replaceAll('\u00a0', ' '))).toEqual([size, shared, place]);
});

it('says where the engine does not tell which step made which layer', () => {
  expect(doubtWords({ layers: [step({ hasLayer: true, number: 1 }), step({ hasLayer: false })] })).toBeUndefined();
  expect(doubtWords({ layers: [step(), step()] })).toContain('2 steps without bytes');
});
