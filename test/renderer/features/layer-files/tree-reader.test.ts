import { expect, test } from 'vitest';
import type { FileRow, FileRows, FilesPage } from '../../../../contract/layer-files.ts';
import { heightOf, lineAt, pageSize } from '../../../../renderer/features/layer-files/tree-layout.ts';
import { TreeReader } from '../../../../renderer/features/layer-files/tree-reader.ts';

type Named = { [name: string]: Named };

/** Answers as main does, for a tree of names; notes what it was asked for. */
function answering(tree: Named) {
  const folders = new Map<number, FileRow[]>();
  let next = 1;
  const put = (place: number, names: Named) => {
    const rows: FileRow[] = [];
    folders.set(place, rows);
    for (const [name, more] of Object.entries(names)) {
      const hasMore = Object.keys(more).length > 0;
      const own = next++;
      const sums = { files: 0, bytes: 0, removedBytes: 0 };
      rows.push({ place: own, name, kind: hasMore ? 'folder' : 'file', mode: 0, uid: 0, gid: 0, modified: 0, size: 0, sums, hasMore });
      put(own, more);
    }
  };
  put(0, tree);
  const asked: string[] = [];
  const ask = async (folder: number, { first, most }: FilesPage): Promise<FileRows> => {
    asked.push(`${folder} ${first}`);
    const rows = folders.get(folder) ?? [];
    return { rows: rows.slice(first, first + most), total: rows.length };
  };
  return { ask, asked };
}

const many = Object.fromEntries(Array.from({ length: pageSize * 3 }, (_, at) => [`n${at}`, {}]));
const nameAt = (reader: TreeReader<FileRow>, height: number) => lineAt(reader.seen().layout, reader.seen().folders, height)?.row?.name;

test('a page is asked for once, however often it comes into sight', async () => {
  const { ask, asked } = answering(many);
  const reader = new TreeReader(ask, new Set());
  reader.start();
  await Promise.all([reader.want(0, 2), reader.want(0, 2), reader.want(0, 0)]);
  expect(asked).toEqual(['0 0', `0 ${2 * pageSize}`]);
  expect(reader.seen().layout.total).toBe(3 * pageSize);
  expect(nameAt(reader, 2 * pageSize)).toBe(`n${2 * pageSize}`);
  expect(nameAt(reader, pageSize)).toBeUndefined();
});

test('a place is found on whatever page it is, and the folders above it are opened', async () => {
  const { ask } = answering({ first: {}, deep: { other: {}, within: { ...many, wanted: {} } } });
  const reader = new TreeReader(ask, new Set());
  reader.start();
  const place = await reader.reveal('/deep/within/wanted');
  const where = place === undefined ? undefined : reader.whereIs(place);
  expect(where).toBeDefined();
  const height = where && heightOf(reader.seen().layout, where.folder, where.at);
  expect(nameAt(reader, height ?? -1)).toBe('wanted');
  expect(await reader.reveal('/deep/nowhere')).toBeUndefined();
});

test('folders stay open in the next view; one with a single folder in it opens by itself', async () => {
  const { ask } = answering({ usr: { lib: { one: {}, two: {} } } });
  const open = new Set<number>();
  const first = new TreeReader(ask, open);
  first.start();
  await expect.poll(() => first.seen().layout.total).toBe(4);
  first.toggle(1, false);
  expect(first.seen().layout.total).toBe(1);
  first.toggle(1, true);
  const second = new TreeReader(ask, open);
  second.start();
  await expect.poll(() => second.seen().layout.total).toBe(4);
});

test('what comes after the view has changed is dropped, and a failure is told', async () => {
  const late = Promise.withResolvers<FileRows>();
  const reader = new TreeReader(() => late.promise, new Set());
  reader.start();
  reader.stop();
  late.resolve({ rows: [], total: 7 });
  await late.promise;
  expect(reader.seen().isReady).toBe(false);
  const failing = new TreeReader(() => Promise.reject(new Error('gone')), new Set());
  failing.start();
  await expect.poll(() => failing.seen().failure).toBeDefined();
});
