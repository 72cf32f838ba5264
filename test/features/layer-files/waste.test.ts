import { expect, test } from 'vitest';
import type { WasteItem } from '../../../contract/layer-files.ts';
import { findWaste } from '../../../main/features/layer-files/waste/find-waste.ts';
import { layerOf, type MadeMember } from '../../support/layer-files/made-layers.ts';
import { treeOf } from '../../support/layer-files/read-tree.ts';

const file = (name: string, body: string, more: Partial<MadeMember> = {}): MadeMember => ({ kind: 'file', name, body, ...more });
const gone = (folder: string, name: string) => file(`${folder}/.wh.${name}`, '');
const link = (name: string, linkName: string): MadeMember => ({ kind: 'hard-link', name, linkName });

const wasteOf = (...layers: MadeMember[][]) => findWaste(treeOf(layers.map(layerOf)));
const short = ({ kind, path, layer, by, isSame, cache, firstPath, files, bytes }: WasteItem) =>
  [kind, path, layer, by ?? '-', files, bytes, ...[isSame && 'same', cache, firstPath].filter(Boolean)].join(' ');

test('a hand-made account of what is removed, replaced, there twice, and in caches', () => {
  const { items, total, count } = wasteOf(
    [
      file('app/config', 'old old'),
      file('app/keep', 'kept content'),
      file('root/.npm/_cacache/a', 'x'.repeat(100)),
      file('root/.npm/_cacache/b', 'y'.repeat(50)),
      file('usr/lib/one', 'the same'),
      file('usr/bin/tool', 'program'),
    ],
    [
      file('app/config', 'new'),
      gone('root', '.npm'),
      file('usr/lib/two', 'the same'),
      file('usr/bin/tool', 'program', { mode: 0o755 }),
      file('var/cache/apt/pkgcache.bin', 'c'.repeat(30)),
      file('var/lib/apt/lists/index', 'l'.repeat(20)),
    ],
  );
  expect(items.map(short)).toEqual([
    'removed /root/.npm/_cacache 0 1 2 150',
    'cache /var/cache/apt 1 - 1 30 apt',
    'cache /var/lib/apt/lists 1 - 1 20 apt',
    'twice /usr/lib/two 1 - 1 8 /usr/lib/one',
    'replaced /app/config 0 1 1 7',
    'replaced /usr/bin/tool 0 1 1 7 same',
  ]);
  expect(count).toBe(6);
  expect(total).toBe(150 + 30 + 20 + 8 + 7 + 7);
});

test('a file of two names is gone only with both, and its bytes count once', () => {
  const both = [file('a/one', 'x'.repeat(10)), link('a/two', 'a/one')];
  expect(wasteOf(both, [gone('a', 'one')]).items).toEqual([]);
  expect(wasteOf(both, [gone('a', 'one')], [gone('a', 'two')]).items.map(short)).toEqual(['removed /a/one 0 1 1 10']);
  expect(wasteOf(both).items).toEqual([]);
});

test('what is in a cache and there twice is in the total once', () => {
  const waste = wasteOf([file('lib/x', 'z'.repeat(40)), file('var/cache/apk/x', 'z'.repeat(40))]);
  expect(waste.items.map(short)).toEqual(['cache /var/cache/apk 0 - 1 40 apk', 'twice /var/cache/apk/x 0 - 1 40 /lib/x']);
  expect(waste.total).toBe(40);
});

test('only what a layer wrote there makes a folder one line, and its name is the lowest that has all', () => {
  const { items } = wasteOf(
    [file('d/a/1', 'x1'), file('d/a/2', 'x2'), file('d/b/3', 'x3'), file('e/4', 'x4')],
    [gone('d/a', '1'), gone('d/a', '2')],
  );
  expect(items.map(short)).toEqual(['removed /d/a 0 1 2 4']);
});

test('a folder that is replaced as a whole, and what comes again in it', () => {
  const { items } = wasteOf([file('d/a', 'one'), file('d/b', 'two')], [file('d/.wh..wh..opq', ''), file('d/a', 'other')]);
  expect(items.map(short)).toEqual(['replaced /d/a 0 1 1 3', 'removed /d/b 0 1 1 3']);
});
