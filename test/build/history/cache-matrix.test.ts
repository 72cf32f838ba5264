import { expect, test } from 'vitest';
import { makeCacheMatrix } from '../../../main/build/history/cache-matrix.ts';
import { cellRuns, foldedColumns } from '../../../renderer/build/compare/cell-runs.ts';

const image = (id: string, ...layers: string[]) => ({
  id,
  title: id,
  layers: layers.map((diffId) => ({ diffId, createdBy: 'RUN x', size: 1 })),
});
const groups = (...rows: ReturnType<typeof image>[]) => makeCacheMatrix(rows).rows.map(({ cells }) => cells.map(({ group }) => group));

test('cells agree as long as everything up to them does', () => {
  expect(groups(image('one', 'a', 'b', 'c'), image('two', 'a', 'x', 'c'))).toEqual([
    [0, 0, 0],
    // the same layer on another ground is another step
    [0, 1, 1],
  ]);
});

test('the first difference is where one ends, too', () => {
  expect(makeCacheMatrix([image('one', 'a', 'b'), image('two', 'a')]).divergesAt).toBe(1);
  expect(makeCacheMatrix([image('one', 'a', 'b'), image('two', 'a', 'b')]).divergesAt).toBeUndefined();
});

test('steps without a layer are told apart by their words', () => {
  const step = (createdBy: string) => ({ createdBy, size: 0 });
  const rows = [
    { id: 'a', title: 'a', layers: [step('ENV A=1')] },
    { id: 'b', title: 'b', layers: [step('ENV A=2')] },
  ];
  expect(makeCacheMatrix(rows).divergesAt).toBe(0);
});

test('cells that agree and lie together become one, the rest stay apart', () => {
  const matrix = makeCacheMatrix([image('1', 'a', 'b'), image('2', 'a', 'b'), image('3', 'a', 'x'), image('4', 'a')]);
  expect(cellRuns(matrix, 0).map(({ row, span }) => [row, span])).toEqual([[0, 4]]);
  expect(cellRuns(matrix, 1).map(({ row, span, cell }) => [row, span, cell !== undefined])).toEqual([
    [0, 2, true],
    [2, 1, true],
    [3, 1, false],
  ]);
});

test('what all share can be folded up to shortly before they part', () => {
  const same = ['a', 'b', 'c', 'd', 'e', 'f'];
  expect(foldedColumns(makeCacheMatrix([image('1', ...same, 'x'), image('2', ...same, 'y')]))).toBe(4);
  expect(foldedColumns(makeCacheMatrix([image('1', 'x'), image('2', 'y')]))).toBe(0);
});
