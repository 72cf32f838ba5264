import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileRowLists } from '../../../main/features/layer-files/stack/file-rows.ts';
import { FileView } from '../../../main/features/layer-files/stack/file-view.ts';
import { ImageTree } from '../../../main/features/layer-files/stack/image-tree.ts';
import { findWaste } from '../../../main/features/layer-files/waste/find-waste.ts';
import { RefusedArchive } from '../../../main/foundation/formats/refused-archive.ts';
import { mutate } from '../../../tools/fuzz/mutate.ts';
import { Random } from '../../../tools/fuzz/random.ts';
import { anyMembers, layerOf } from '../../support/layer-files/made-layers.ts';
import { readLayer } from '../../support/layer-files/read-tree.ts';

test('a damaged or hostile layer is refused, or read like any other', () => {
  const corpus = fc.sample(anyMembers, { numRuns: 40, seed: 1 }).map(layerOf);
  let read = 0;
  for (let seed = 0; seed < 3000; seed++) {
    const layers = [0, 1].flatMap((turn) => {
      try {
        return [readLayer(mutate(corpus, new Random(2 * seed + turn)), [700, 900]).index];
      } catch (error) {
        expect(error, `seed ${seed}`).toBeInstanceOf(RefusedArchive);
        return [];
      }
    });
    if (layers.length === 0) continue;
    read++;
    const tree = new ImageTree(layers);
    const view = new FileView(tree, { from: 0, to: layers.length - 1, all: true, filter: {} });
    const { rows, total } = new FileRowLists(view).found('name', { first: 0, most: 1000 });
    expect(rows).toHaveLength(total);
    // what a folder says it has is what is in it
    expect(view.summary.files).toBe(rows.filter(({ kind }) => kind !== 'folder').length);
    expect(findWaste(tree).total).toBeLessThanOrEqual(layers.reduce((sum, { bytes }) => sum + bytes, 0));
  }
  expect(read).toBeGreaterThan(500);
});
