import { expect, test } from 'vitest';
import { emptyLoad, foldLoad, type LoadLine, unpackProgress } from '../../main/archive/fold-load.ts';
import { readFixture } from '../fixtures/read-fixture.ts';

test('a load ends with the images that the engine named and every layer done', async () => {
  const state = (await readFixture<LoadLine>('docker-20.10/load.ndjson')).reduce(foldLoad, emptyLoad);
  expect(state.loaded).toEqual(['localhost:5000/rec:1']);
  const { layers = [] } = unpackProgress(state);
  expect(layers.length).toBeGreaterThan(0);
  expect(layers.every(({ state: now, bytes }) => now === 'done' && bytes?.done === bytes?.total)).toBe(true);
});

test('a truncated archive is an error in the middle of HTTP 200', async () => {
  await expect(readFixture('docker-20.10/load-truncated.ndjson')).rejects.toThrow('unexpected EOF');
});
