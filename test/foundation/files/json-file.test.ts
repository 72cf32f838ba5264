import { chmodSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { JsonFile } from '../../../main/foundation/files/json-file.ts';
import { writeWhole } from '../../../main/foundation/files/write-whole.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const Numbers = z.array(z.number());

test('is read as it was written, by its owner alone', async () => {
  using folder = new WorkFolder();
  const file = new JsonFile(folder.file('deep/numbers.json'), Numbers);
  expect(await file.read()).toBeUndefined();
  await file.write(() => [1, 2]);
  expect(await new JsonFile(folder.file('deep/numbers.json'), Numbers).read()).toEqual([1, 2]);
  expect(statSync(folder.file('deep/numbers.json')).mode & 0o777).toBe(0o600);
});

test.each(['', '{', '"x"', '["x"]', '[1,'])('%j counts as empty, and stays as it is', async (text) => {
  using folder = new WorkFolder({ 'numbers.json': text });
  expect(await new JsonFile(folder.file('numbers.json'), Numbers).read()).toBeUndefined();
  expect(readFileSync(folder.file('numbers.json'), 'utf8')).toBe(text);
});

test('changes during a write are written once, in their last state', async () => {
  using folder = new WorkFolder();
  const file = new JsonFile(folder.file('numbers.json'), Numbers);
  const asked: number[] = [];
  const value = (number: number) => () => {
    asked.push(number);
    return [number];
  };
  await Promise.all([file.write(value(1)), file.write(value(2)), file.write(value(3))]);
  expect(asked).toEqual([3]);
  expect(await file.read()).toEqual([3]);
});

test('changes follow one another, and none overwrites another', async () => {
  using folder = new WorkFolder();
  const file = new JsonFile(folder.file('numbers.json'), Numbers);
  await Promise.all([1, 2, 3, 4].map((number) => file.change((now = []) => [...now, number])));
  expect(await file.read()).toEqual([1, 2, 3, 4]);
});

test('a failed write is reported, leaves nothing half-written, and the next one still works', async () => {
  using folder = new WorkFolder();
  mkdirSync(folder.file('numbers.json'));
  const file = new JsonFile(folder.file('numbers.json'), Numbers);
  await expect(file.write(() => [1])).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readdirSync(folder.path)).toEqual(['numbers.json']);
  rmdirSync(folder.file('numbers.json'));
  await file.write(() => [2]);
  await file.settled();
  expect(await file.read()).toEqual([2]);
});

test('a file is replaced whole, with the mode that is asked for', async () => {
  using folder = new WorkFolder({ x: 'before' });
  chmodSync(folder.file('x'), 0o644);
  await writeWhole(folder.file('x'), 'after', 0o640);
  expect(readFileSync(folder.file('x'), 'utf8')).toBe('after');
  expect(statSync(folder.file('x')).mode & 0o777).toBe(0o640);
});
