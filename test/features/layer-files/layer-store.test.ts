import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LayerStore } from '../../../main/features/layer-files/store/layer-store.ts';
import { layerOf } from '../../support/layer-files/made-layers.ts';
import { readLayer } from '../../support/layer-files/read-tree.ts';
import { WorkFolder } from '../../support/work-folder.ts';

let folder: WorkFolder;
const path = () => folder.file('app/layer-files.db');
const stores: LayerStore[] = [];
const open = (most = 1024 ** 2) => {
  const store = new LayerStore(path(), most);
  stores.push(store);
  return store;
};

beforeEach(() => {
  folder = new WorkFolder({});
});
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  folder[Symbol.dispose]();
});

const made = (name: string) => {
  const { diffId, index } = readLayer(layerOf([{ kind: 'file', name, body: 'x' }]));
  return { diffId, index, data: index.encode() };
};
const [a, b, c] = [made('a'), made('b'), made('c')];

test('what is kept is there again, also for another app on the same folder and after a restart', () => {
  const [store, other] = [open(), open()];
  expect(store.has([a.diffId])).toEqual(new Set());
  store.keep(a.diffId, a.data);
  other.keep(b.diffId, b.data);
  for (const one of [store, other, open()]) {
    expect(one.has([a.diffId, b.diffId, c.diffId])).toEqual(new Set([a.diffId, b.diffId]));
    expect(one.read(a.diffId)?.columns).toEqual(a.index.columns);
  }
  expect(statSync(path()).mode & 0o077).toBe(0);
});

test('names lead to layers that are here, and to no others', () => {
  const store = open();
  store.keep(a.diffId, a.data);
  store.name('blobs/sha256/1', a.diffId);
  store.name('blobs/sha256/2', b.diffId);
  expect(store.names()).toEqual(new Map([['blobs/sha256/1', a.diffId]]));
});

test('what was not used for the longest time makes room', () => {
  const store = open(a.data.length * 2);
  const later = (ms: number, act: () => void) => {
    const before = Date.now;
    Date.now = () => before() + ms;
    act();
    Date.now = before;
  };
  store.keep(a.diffId, a.data);
  later(10, () => store.keep(b.diffId, b.data));
  later(20, () => store.read(a.diffId));
  later(30, () => store.keep(c.diffId, c.data));
  expect(store.has([a.diffId, b.diffId, c.diffId])).toEqual(new Set([a.diffId, c.diffId]));
  expect(store.bytes).toBe(2 * a.data.length);
  // one that is too large alone is kept until the next comes
  const small = open(1);
  small.keep(b.diffId, b.data);
  expect(small.has([a.diffId, b.diffId, c.diffId])).toEqual(new Set([b.diffId]));
});

test.each<[string, () => void]>([
  ['is no database', () => writeFileSync(path(), 'x'.repeat(10_000))],
  ['is cut off', () => truncateSync(path(), 5000)],
  ['has zeros in its middle', () => writeFileSync(path(), readFileSync(path()).fill(0, 100, 5000))],
  [
    'is of another version',
    () => {
      const database = new DatabaseSync(path());
      database.exec('PRAGMA user_version = 999');
      database.close();
    },
  ],
])('a file that %s is made anew', (_, damage) => {
  open().keep(a.diffId, a.data);
  stores.pop()?.close();
  damage();
  const store = open();
  store.has([a.diffId]);
  store.read(a.diffId);
  store.keep(b.diffId, b.data);
  expect(store.read(b.diffId)?.columns).toEqual(b.index.columns);
});

test('a layer whose bytes changed on the disk is not here', () => {
  const store = open();
  store.keep(a.diffId, a.data);
  const database = new DatabaseSync(path());
  database.prepare('UPDATE layers SET data = ?').run(Uint8Array.from(a.data).fill(7, 200, 204));
  database.close();
  expect(store.read(a.diffId)).toBeUndefined();
  expect(store.has([a.diffId])).toEqual(new Set());
});

test('a folder that cannot be written keeps nothing, and breaks nothing', () => {
  writeFileSync(folder.file('app'), 'a file');
  const store = open();
  store.keep(a.diffId, a.data);
  expect(store.has([a.diffId])).toEqual(new Set());
  expect(store.names()).toEqual(new Map());
  expect(store.bytes).toBe(0);
});
