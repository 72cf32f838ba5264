import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileRow } from '../../../../contract/layer-files.ts';
import { type Folder, heightOf, layOut, lineAt, pageSize } from '../../../../renderer/features/layer-files/tree-layout.ts';

const row = (place: number, hasMore: boolean): FileRow => ({
  place,
  name: `n${place}`,
  kind: hasMore ? 'folder' : 'file',
  mode: 0o755,
  uid: 0,
  gid: 0,
  modified: 0,
  size: 0,
  sums: { files: 0, bytes: 0, removedBytes: 0 },
  hasMore,
});

/** A folder with everything read. */
const folderOf = (rows: FileRow[]): Folder => ({
  total: rows.length,
  pages: new Map(
    Array.from({ length: Math.ceil(rows.length / pageSize) }, (_, page) => [page, rows.slice(page * pageSize, (page + 1) * pageSize)]),
  ),
});

type Node = { children: Node[]; isOpen: boolean };
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.record({
    children: fc.oneof({ maxDepth: 4, depthIdentifier: 'tree' }, fc.constant<Node[]>([]), fc.array(tie('node'), { maxLength: 4 })),
    isOpen: fc.boolean(),
  }),
}));

test('lines stand in the order in which one reads them, each where it says', () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 6 }), (top) => {
      const folders = new Map<number, Folder>();
      const open = new Set<number>();
      const expected: [place: number, level: number][] = [];
      let next = 1;
      const put = (place: number, nodes: Node[], level: number, isShown: boolean) => {
        const rows: FileRow[] = [];
        folders.set(place, { total: 0, pages: new Map() });
        for (const { children, isOpen } of nodes) {
          const own = next++;
          rows.push(row(own, children.length > 0));
          if (isOpen) open.add(own);
          if (isShown) expected.push([own, level]);
          if (children.length > 0) put(own, children, level + 1, isShown && isOpen);
        }
        folders.set(place, folderOf(rows));
      };
      put(0, top, 1, true);
      const layout = layOut(folders, open);
      expect(layout.total).toBe(expected.length);
      for (const [height, [place, level]] of expected.entries()) {
        const line = lineAt(layout, folders, height);
        expect([line?.row?.place, line?.level]).toEqual([place, level]);
        expect(heightOf(layout, line?.folder ?? -1, line?.at ?? -1)).toBe(height);
      }
      expect(lineAt(layout, folders, expected.length)).toBeUndefined();
    }),
  );
});

test('lines of pages that have not come are counted, and open folders in later pages stand below them', () => {
  const rows = Array.from({ length: pageSize }, (_, at) => row(at + 1000, at === 3));
  const folders = new Map<number, Folder>([
    [0, { total: 100_000, pages: new Map([[400, rows]]) }],
    [1003, folderOf([row(5, false), row(6, false)])],
  ]);
  const layout = layOut(folders, new Set([1003]));
  expect(layout.total).toBe(100_002);
  expect(layout.spans.length).toBe(3);
  expect(lineAt(layout, folders, 7)).toEqual({ folder: 0, at: 7, level: 1, setSize: 100_000 });
  expect(lineAt(layout, folders, 400 * pageSize + 4)?.row?.place).toBe(5);
  expect(lineAt(layout, folders, 400 * pageSize + 6)?.row?.place).toBe(1004);
});
