import { expect, test } from 'vitest';
import { checkIsNotCollected, whileCollecting } from '../../../main/features/local-registry/collect/being-collected.ts';

test('a registry is collected once at a time, and not started meanwhile; another one is not meant', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = whileCollecting('a', () => promise);
  await expect(whileCollecting('a', async () => 'again')).rejects.toMatchObject({ failure: { kind: 'in-use' } });
  expect(() => checkIsNotCollected('a')).toThrow('Space is being freed');
  expect(await whileCollecting('b', async () => 'other')).toBe('other');
  resolve('done');
  expect(await first).toBe('done');
  checkIsNotCollected('a');
});

test('one that failed to be collected can be started', async () => {
  await expect(whileCollecting('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  checkIsNotCollected('a');
});
