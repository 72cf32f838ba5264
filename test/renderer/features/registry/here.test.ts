import { expect, test } from 'vitest';
import type { ImageSummary } from '../../../../contract/image.ts';
import { hereOf, indexHere } from '../../../../renderer/features/registry/browse/here.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const image = (id: string, more: Partial<ImageSummary>): ImageSummary => ({
  id: digest(id),
  references: [],
  digests: [],
  size: 1,
  createdAt: 0,
  usedBy: [],
  ...more,
});
const march = Date.parse('2026-03-01T00:00:00Z');
const name = 'r.example/app:1';

test('an image is the same by its digest in the registry, by its id, or by that of its platform', () => {
  const here = indexHere([image('1', { digests: [`other.example/x@${digest('a')}`] }), image('2', {})]);
  expect(hereOf(here, name, { digest: digest('a') })).toMatchObject({ how: 'same', image: { id: digest('1') } });
  expect(hereOf(here, name, { digest: digest('b'), ids: [digest('b'), digest('2')] })).toMatchObject({ how: 'same' });
  expect(hereOf(here, name, { digest: digest('c') })).toEqual({ how: 'absent' });
});

test('another image of the name is older, newer, or neither where nobody tells', () => {
  const here = indexHere([image('1', { references: [name], createdAt: march })]);
  const there = (createdAt?: number) => hereOf(here, name, { digest: digest('d'), ...(createdAt !== undefined && { createdAt }) }).how;
  expect(there(march + 60_000)).toBe('older');
  expect(there(march - 60_000)).toBe('newer');
  // engines tell no milliseconds
  expect(there(march + 400)).toBe('other');
  expect(there()).toBe('other');
});

test('Docker Hub’s names are the same however they are written', () => {
  const here = indexHere([image('1', { references: ['redis:7', '<none>:<none>'] })]);
  expect(hereOf(here, 'docker.io/library/redis:7', { digest: digest('e') }).how).toBe('other');
});
