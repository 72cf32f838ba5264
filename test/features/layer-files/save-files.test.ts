import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileRanges } from '../../../main/features/layer-files/reading/file-ranges.ts';
import { SafeNames } from '../../../main/features/layer-files/saving/safe-names.ts';
import { type PlacedRanges, saveFolder } from '../../../main/features/layer-files/saving/save-files.ts';
import { keptFiles } from '../../../main/features/layer-files/stack/kept-files.ts';
import { layerOf, type MadeMember } from '../../support/layer-files/made-layers.ts';
import { treeOf } from '../../support/layer-files/read-tree.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { signal } = new AbortController();
const file = (name: string, body = 'x', mode = 0o644): MadeMember => ({ kind: 'file', name, body, mode, modified: 1000 });
const link = (name: string, linkName: string): MadeMember => ({ kind: 'symlink', name, linkName });

/** Saves all of an image of these layers, whose bytes arrive in pieces. */
async function save(target: string, layers: MadeMember[][], piece = 700) {
  const bytes = layers.map(layerOf);
  const tree = treeOf(bytes);
  const extract = async (wanted: PlacedRanges[]) => {
    for (const { layer, ranges } of wanted) {
      const whole = bytes[layer] ?? Buffer.alloc(0);
      const files = new FileRanges(ranges);
      for (let at = 0; at < whole.length && !files.isDone; at += piece) files.take(whole.subarray(at, at + piece));
      files.end();
      expect(files.written).toHaveLength(ranges.length);
    }
  };
  return saveFolder(target, { files: keptFiles(tree, 0, layers.length - 1), extract, signal });
}

test('a folder with everything in it, as it is on top', async () => {
  using folder = new WorkFolder();
  const lower = [file('a/old', 'o'), file('a/gone'), file('run.sh', '#!', 0o4755)];
  const upper = [
    file('a/old', 'new'),
    file('a/.wh.gone', ''),
    file('a/empty', ''),
    file('a/large', 'y'.repeat(5000)),
    link('a/to', '../run.sh'),
  ];
  expect(await save(folder.file('saved'), [lower, upper])).toEqual({ files: 4, leftOut: 0 });
  const at = (name: string) => folder.file(`saved/${name}`);
  expect(readdirSync(at('a')).sort()).toEqual(['empty', 'large', 'old', 'to']);
  expect(readFileSync(at('a/old'), 'utf8')).toBe('new');
  expect(readFileSync(at('a/large'), 'utf8')).toBe('y'.repeat(5000));
  expect(readlinkSync(at('a/to'))).toBe('../run.sh');
  // not as another user
  expect(statSync(at('run.sh')).mode & 0o7777).toBe(0o755);
  expect(statSync(at('run.sh')).mtimeMs).toBe(1_000_000);
});

test('nothing leads out: links that would are left out, and nothing is written through one', async () => {
  using folder = new WorkFolder();
  mkdirSync(folder.file('outside'));
  const hostile = [
    link('up', '../outside'),
    link('absolute', folder.file('outside')),
    link('d/deep', '../../outside'),
    link('sly', 'd/../../outside'),
    // on a system without capitals, the link would be the folder
    link('CASE', 'd'),
    file('case/x'),
    file('d/ok'),
    { kind: 'fifo' as const, name: 'pipe' },
  ];
  expect(await save(folder.file('saved'), [hostile])).toEqual({ files: 2, leftOut: 5 });
  expect(readdirSync(folder.file('outside'))).toEqual([]);
  expect(readdirSync(folder.path).sort()).toEqual(['outside', 'saved']);
  expect(readdirSync(folder.file('saved')).length).toBe(3);
});

test('what is there already stays, and a folder that fails is gone', async () => {
  using folder = new WorkFolder({ 'there/file': 'mine' });
  await expect(save(folder.file('there'), [[file('file')]])).rejects.toMatchObject({ failure: { kind: 'invalid-input' } });
  expect(readFileSync(folder.file('there/file'), 'utf8')).toBe('mine');
  const files = keptFiles(treeOf([layerOf([file('a/b')])]), 0, 0);
  const extract = async () => {
    writeFileSync(folder.file('new/half'), 'half');
    throw new Error('cut');
  };
  await expect(saveFolder(folder.file('new'), { files, extract, signal })).rejects.toThrow('cut');
  expect(() => lstatSync(folder.file('new'))).toThrow('ENOENT');
});

test('names stay single names that no system takes for another', () => {
  const anyName = fc.oneof(
    fc.string(),
    fc.constantFrom('..', '.', 'CON', 'con.txt', 'a/b', 'a\\b', 'x'.repeat(300), 'ä', 'a\u0308', 'A', 'a', '\udcff'),
  );
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    const property = fc.property(fc.array(anyName), (names) => {
      const safe = new SafeNames(platform);
      const given = names.map((name) => safe.nameIn('/folder', name));
      expect(new Set(given.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(names.length);
      for (const name of given) {
        expect(name).not.toMatch(/^\.{0,2}$|[/\0]/);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        if (platform === 'win32') expect(name).not.toMatch(/[<>:"\\|?*]|^(?:con|nul)(?:\.|$)/i);
      }
    });
    fc.assert(property, { numRuns: 300, seed: 5 });
  }
});
