import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RemovedInStep } from '../../../contract/layer-files.ts';
import { none } from '../../../main/features/layer-files/index/path-tree.ts';
import type { ImageTree } from '../../../main/features/layer-files/stack/image-tree.ts';
import { whatIf } from '../../../main/features/layer-files/waste/what-if.ts';
import { layerOf, type MadeMember } from '../../support/layer-files/made-layers.ts';
import { readLayer, treeOf } from '../../support/layer-files/read-tree.ts';

const placeOf = (tree: ImageTree, path: string) => {
  const place = tree.paths.findPath(Buffer.from(path));
  expect(place).not.toBe(none);
  return place;
};

test('without some files, a layer is as large as one that was made without them', () => {
  const names = ['a/1', 'a/2', 'a/b/3', 'a/b/4', 'c/5'];
  const bodies = fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 5, maxLength: 5 });
  const property = fc.property(bodies, fc.constantFrom('a', 'a/b', 'a/1', 'c/5'), (sizes, removed) => {
    const folders = ['a', 'a/b', 'c'].map((name): MadeMember => ({ kind: 'folder', name: `${name}/` }));
    const files = names.map((name, at): MadeMember => ({ kind: 'file', name, body: 'x'.repeat(sizes[at] ?? 0) }));
    const all = [...folders, ...files];
    const left = all.filter(({ name }) => name.replace(/\/$/, '') !== removed && !name.startsWith(`${removed}/`));
    const tree = treeOf([layerOf(all)]);
    const { layers, saved } = whatIf(tree, [{ layer: 0, place: placeOf(tree, removed) }]);
    const [before, after] = [all, left].map((members) => {
      const { index } = readLayer(layerOf(members));
      return { bytes: index.bytes, tarball: layerOf(members).length };
    });
    expect(layers).toMatchObject([
      { layer: 0, files: all.length - left.length - folders.filter((one) => !left.includes(one)).length, before, after },
    ]);
    expect(saved).toBe((before?.bytes ?? 0) - (after?.bytes ?? 0));
  });
  fc.assert(property, { numRuns: 200, seed: 3 });
});

const file = (name: string, body: string): MadeMember => ({ kind: 'file', name, body });
const sizesIf = (layers: MadeMember[][], path: string, removed: Omit<RemovedInStep, 'place'>) => {
  const tree = treeOf(layers.map(layerOf));
  return whatIf(tree, [{ ...removed, place: placeOf(tree, path) }]).layers.map(({ layer, before, after }) => [
    layer,
    after.bytes - before.bytes,
    (after.tarball ?? 0) - (before.tarball ?? 0),
  ]);
};

test('a later removal of what is then not there any more goes, with the folder that was touched for it', () => {
  const folder: MadeMember = { kind: 'folder', name: 'root/' };
  const layers = [[folder], [folder, file('root/cache/x', 'x'.repeat(600))], [{ ...folder, modified: 9 }, file('root/.wh.cache', '')]];
  // a folder that no member names has no header: only the file's goes
  expect(sizesIf(layers, 'root/cache', { layer: 1 })).toEqual([
    [1, -600, -512 - 1024],
    [2, 0, -1024],
  ]);
  const chmodToo = [layers[0], layers[1], [{ ...folder, mode: 0o700 }, file('root/.wh.cache', '')]] as MadeMember[][];
  expect(sizesIf(chmodToo, 'root/cache', { layer: 1 })).toEqual([
    [1, -600, -512 - 1024],
    [2, 0, -512],
  ]);
});

test('a folder that only its time tells from the one below may go, too', () => {
  const folder: MadeMember = { kind: 'folder', name: 'root/' };
  const tree = treeOf([[folder], [{ ...folder, modified: 5 }, file('root/x', '')]].map(layerOf));
  const [{ after, leastTarball } = { after: { tarball: 0 }, leastTarball: 0 }] = whatIf(tree, [
    { layer: 1, place: placeOf(tree, 'root/x') },
  ]).layers;
  expect((after.tarball ?? 0) - (leastTarball ?? 0)).toBe(512);
});

test('what a layer below has is hidden instead', () => {
  const layers = [[file('d/x', 'old')], [file('d/x', 'newer')]];
  expect(sizesIf(layers, 'd/x', { layer: 1 })).toEqual([[1, -5, -1024 + 512]]);
});

test('one name of a file that has another saves its header only', () => {
  const layers = [[file('a', 'x'.repeat(700)), { kind: 'hard-link' as const, name: 'b', linkName: 'a' }]];
  expect(sizesIf(layers, 'a', { layer: 0 })).toEqual([[0, 0, -512]]);
});
