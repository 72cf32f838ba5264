import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Progress } from '../../../contract/task.ts';
import { LayerFiles } from '../../../main/features/layer-files/layer-files.ts';
import { archiveOrigin } from '../../../main/features/layer-files/sources/archive-origin.ts';
import { hexOf } from '../../../tools/fuzz/make-tarball.ts';
import { loadable } from '../../support/layer-files/made-image.ts';
import { layerOf, type MadeMember } from '../../support/layer-files/made-layers.ts';
import { WorkFolder } from '../../support/work-folder.ts';

let folder: WorkFolder;
let layerFiles: LayerFiles;

beforeEach(() => {
  folder = new WorkFolder();
  layerFiles = new LayerFiles(folder.file('app'));
});
afterEach(async () => {
  await layerFiles.close();
  folder[Symbol.dispose]();
});

const file = (name: string, body: string): MadeMember => ({ kind: 'file', name, body });
const lower = layerOf([file('a', 'lower'), file('b', 'x'.repeat(100_000))]);
const upper = layerOf([file('a', 'upper')]);

const context = (signal = new AbortController().signal, report: (progress: Progress) => void = () => {}) => ({
  id: '',
  signal,
  report,
  log: () => {},
});

async function open(name: string) {
  return layerFiles.open(await archiveOrigin({ path: folder.file(name), image: 0 }));
}

const names = async (files: string) => {
  const view = { from: 0, to: layerFiles.layersOf(files).length - 1, all: true, filter: {} };
  const { rows } = await layerFiles.desk.ask('folder', [layerFiles.layersOf(files), view, 0, 'name', { first: 0, most: 10 }]);
  return rows.map(({ name, size }) => `${name} ${size}`);
};

const tools = { gz: 'gzip', zst: 'zstd', xz: 'xz', bz2: 'bzip2' };

describe('however a file is packed', () => {
  test.each<[how: string, name: string, layers: Buffer[]]>([
    ['not at all', 'made.tar', [lower, upper]],
    ['its layers with gzip', 'made.tar', [lower, upper].map((layer) => gzipSync(layer))],
    // as tools write them that make parts of a layer readable: eStargz and zstd:chunked
    ['its layers in members of gzip', 'made.tar', [lower, upper].map((layer) => inParts(layer, gzipSync))],
    ['its layers in frames of zstd', 'made.tar', [lower, upper].map((layer) => inParts(layer, zstdCompressSync))],
    ...Object.keys(tools).map((end): [string, string, Buffer[]] => [`as a whole: ${end}`, `made.tar.${end}`, [lower, upper]]),
  ])('%s', async (_, name, layers) => {
    const plain = folder.write('made.tar', loadable('made:1', [lower, upper], layers));
    const tool = tools[name.split('.')[2] as keyof typeof tools];
    if (tool)
      execFileSync(
        tool,
        ['-q', '-k', plain].filter((option) => tool !== 'bzip2' || option !== '-q'),
      );
    const { files, missing } = await open(name);
    expect(missing).toEqual([0, 1]);
    expect(await layerFiles.index(files, context())).toMatchObject({ layers: 2 });
    expect(await names(files)).toEqual(['a 5', 'b 100000']);
    const place = layerFiles.layersOf(files);
    const b = (await layerFiles.desk.ask('keptFiles', [place, 0, 1])).findIndex(({ parts }) => parts[0] === 'b');
    expect(b).toBeGreaterThan(0);
    const found = await layerFiles.desk.ask('folder', [place, { from: 0, to: 1, all: true, filter: {} }, 0, 'size', { first: 0, most: 1 }]);
    const bytes = await layerFiles.bytesOf(files, found.rows[0]?.place ?? 0, 1, { offset: 99_990, length: 100 });
    expect(bytes).toMatchObject({ size: 100_000, looksLike: 'text', bytes: Buffer.from('x'.repeat(10)).toString('base64') });
  });
});

function inParts(layer: Buffer, pack: (bytes: Buffer) => Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < layer.length; at += 30_000) parts.push(pack(layer.subarray(at, at + 30_000)));
  return Buffer.concat(parts);
}

test.each([
  ['a changed byte', () => Buffer.from(lower).fill('y', 2000, 2001), 'A layer of the image couldn’t be read'],
  ['a layer that is cut off', () => lower.subarray(0, 60_000), 'The file is cut off'],
  ['packed bytes that were changed', () => gzipSync(lower).fill(7, 40, 60), 'The file is damaged'],
])('with %s, nothing of the layer is kept, and the person is told', async (_, change, title) => {
  folder.write('made.tar', loadable('made:1', [lower, upper], [change(), upper]));
  const { files } = await open('made.tar');
  await expect(layerFiles.index(files, context())).rejects.toThrow(title);
  const { missing } = await open('made.tar');
  expect(missing).toContain(0);
  await expect(names(files)).rejects.toThrow('The list of files is no longer kept');
});

test('a cancelled reading keeps nothing half, and can be done again', async () => {
  folder.write('made.tar', loadable('made:1', [lower, upper]));
  const { files } = await open('made.tar');
  const cancel = new AbortController();
  const reading = layerFiles.index(files, context(cancel.signal));
  cancel.abort();
  await expect(reading).rejects.toThrow();
  await layerFiles.index(files, context());
  expect(await names(files)).toEqual(['a 5', 'b 100000']);
});

test('two images with the same base that are read at the same time read it once', async () => {
  folder.write('one.tar', loadable('one:1', [lower]));
  folder.write('two.tar', loadable('two:1', [lower, upper]));
  const [one, two] = [await open('one.tar'), await open('two.tar')];
  const results = await Promise.all([one, two].map(({ files }) => layerFiles.index(files, context())));
  expect(results.map(({ layers }) => layers).reduce((sum, layers) => sum + layers)).toBe(2);
});

test('what was indexed is there for the next app, and nothing else is left in its folder', async () => {
  folder.write('made.tar', loadable('made:1', [lower, upper]));
  await layerFiles.index((await open('made.tar')).files, context());
  await layerFiles.close();
  expect(readdirSync(folder.file('app'))).toEqual(['index.db']);
  layerFiles = new LayerFiles(folder.file('app'));
  const { files, missing } = await open('made.tar');
  expect(missing).toEqual([]);
  expect(await names(files)).toEqual(['a 5', 'b 100000']);
});

test('a folder that can’t be written is no hindrance: the index lasts until the app ends', async () => {
  await layerFiles.close();
  folder.write('taken', 'a file where a folder should be');
  layerFiles = new LayerFiles(folder.file('taken'));
  folder.write('made.tar', loadable('made:1', [lower, upper]));
  const { files } = await open('made.tar');
  await layerFiles.index(files, context());
  expect(await names(files)).toEqual(['a 5', 'b 100000']);
  expect((await open('made.tar')).missing).toEqual([]);
});

test('what was opened is gone when the app ends, and so is what a killed one left', async () => {
  folder.write('app/contents/left', 'of another time');
  folder.write('made.tar', loadable('made:1', [lower]));
  const { files } = await open('made.tar');
  await layerFiles.index(files, context());
  const { rows } = await layerFiles.desk.ask('folder', [
    layerFiles.layersOf(files),
    { from: 0, to: 0, all: true, filter: {} },
    0,
    'name',
    { first: 0, most: 1 },
  ]);
  await layerFiles.bytesOf(files, rows[0]?.place ?? 0, 0, { offset: 0, length: 10 });
  expect(readdirSync(folder.file('app/contents'))).toEqual([rows[0] && hexOf('lower')]);
  await layerFiles.close();
  expect(readdirSync(folder.file('app'))).toEqual(['index.db']);
});
