import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LayerIndex } from '../../../main/features/layer-files/index/layer-index.ts';
import { ImageTree } from '../../../main/features/layer-files/stack/image-tree.ts';
import { RefusedArchive } from '../../../main/foundation/formats/refused-archive.ts';
import { hexOf } from '../../../tools/fuzz/make-tarball.ts';
import { anyMembers, layerOf, type MadeMember } from '../../support/layer-files/made-layers.ts';
import { Impossible, unpackPlainly } from '../../support/layer-files/plain-layers.ts';
import { filesIn, readLayer, treeOf } from '../../support/layer-files/read-tree.ts';

const numRuns = Number(process.env.LAYERDECK_FILES_RUNS ?? 3000);

function told(layers: MadeMember[][]) {
  try {
    return unpackPlainly(layers);
  } catch (error) {
    if (error instanceof Impossible) return undefined;
    throw error;
  }
}

test('whatever layers are stacked, everything in them is as a plain account has it', () => {
  const property = fc.property(fc.array(anyMembers, { minLength: 1, maxLength: 4 }), (layers) => {
    const plain = told(layers);
    if (!plain) {
      expect(() => treeOf(layers.map(layerOf))).toThrow(RefusedArchive);
      return;
    }
    const expected = [...plain].map(([path, { kind, mode, modified, body, link }]) => [
      path,
      kind === 'link-below'
        ? { kind }
        : {
            kind,
            mode,
            modified,
            size: body.length,
            link: kind === 'symlink' ? link : '',
            digest: kind === 'file' ? hexOf(body) : '',
          },
    ]);
    const found = filesIn(treeOf(layers.map(layerOf)));
    expect([...found.keys()].sort()).toEqual(expected.map(([path]) => path).sort());
    expect(Object.fromEntries(found)).toMatchObject(Object.fromEntries(expected));
  });
  fc.assert(property, { numRuns, seed: 13 });
});

test('a layer reads the same however its bytes arrive, and once it was kept', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 12 });
  const property = fc.property(anyMembers, sizes, (members, pieces) => {
    if (!told([members])) return;
    const bytes = layerOf(members);
    const { diffId, index } = readLayer(bytes, pieces);
    expect(diffId).toBe(`sha256:${hexOf(bytes)}`);
    const kept = LayerIndex.decode(index.encode());
    expect(kept?.columns).toEqual(index.columns);
    expect(filesIn(new ImageTree([kept as LayerIndex]))).toEqual(filesIn(treeOf([bytes])));
  });
  fc.assert(property, { numRuns: 300, seed: 14 });
});

test('a changed bit is found in what was kept', () => {
  const encoded = readLayer(layerOf([{ kind: 'file', name: 'a', body: 'x' }])).index.encode();
  for (let at = 0; at < encoded.length; at++) {
    const changed = Uint8Array.from(encoded);
    changed[at] = (changed[at] ?? 0) ^ 4;
    expect(LayerIndex.decode(changed)).toBeUndefined();
  }
  expect(LayerIndex.decode(encoded.subarray(0, 64))).toBeUndefined();
});

const file = (name: string, more: Partial<MadeMember> = {}): MadeMember => ({ kind: 'file', name, ...more });

test('names are bytes, cleaned as engines do it, and never lead out', () => {
  const odd = '\udcff\udcfe';
  const layer = layerOf([
    file(`./x/../${odd}`),
    file('/abs'),
    file('../../out'),
    file('deep//./er'),
    file('./'),
    file('.wh..wh.plnk/1'),
    file('.wh..wh.aufs'),
  ]);
  expect([...filesIn(treeOf([layer])).keys()].sort()).toEqual(['abs', 'deep', 'deep/er', 'out', odd].sort());
});

test.each([
  ['a removal of nothing', [file('a/.wh.')]],
  ['a removal of a folder from within', [file('a/.wh...')]],
  ['a name without end', [file('a/'.repeat(3000))]],
  ['a file in a file', [file('a'), file('a/b')]],
  ['links that lead back to themselves', [{ kind: 'symlink' as const, name: 'a', linkName: 'a' }, file('a/b')]],
])('%s is refused, as engines do', (_, members) => {
  expect(() => readLayer(layerOf(members))).toThrow(RefusedArchive);
});
