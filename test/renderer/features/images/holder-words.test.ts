import { expect, it } from 'vitest';
import type { Holder } from '../../../../contract/holder.ts';
import { holderKindWords, holderStateWords, lostWords } from '../../../../renderer/features/images/holder-words.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const hour = 3_600_000;
const holder: Holder = {
  id: 'a',
  name: 'web',
  imageId: 'sha256:a',
  what: { kind: 'other' },
  isRunning: true,
  startedAt: 10 * hour,
  since: 10 * hour,
  unnamedVolumes: 0,
  volumes: [],
  hasFolders: false,
};

it.each<[Partial<Holder>, string]>([
  [{}, 'running, started 2 hours ago'],
  [{ isRunning: false, since: 11 * hour }, 'stopped 1 hour ago'],
  [{ isRunning: false, startedAt: 0 }, 'never started, made 2 hours ago'],
  [{ since: undefined }, 'running'],
])('since when', (part, words) => expect(holderStateWords({ ...holder, ...part }, 12 * hour)).toBe(words));

it.each<[Partial<Holder>, number | null | undefined, string]>([
  [{}, undefined, 'What it wrote and its log are lost.'],
  [{}, null, 'What it wrote (size unknown) and its log are lost.'],
  [{}, 0, 'Its log is lost.'],
  [{ unnamedVolumes: 1 }, 12_000_000, '12.0 MB that it wrote, 1 volume without a name and its log are lost.'],
  [{ volumes: ['db'] }, 0, 'Its log is lost. Its volume db stays.'],
  [{ volumes: ['a', 'b'], hasFolders: true }, 0, 'Its log is lost. Its volumes a and b and the folders that it uses stay.'],
])('what would be lost, and what stays', (part, written, words) => expect(plain(lostWords({ ...holder, ...part }, written))).toBe(words));

it('what it is', () => {
  expect(holderKindWords({ kind: 'compose', project: 'shop', service: 'db' })).toBe('Service db of the project shop');
  expect(holderKindWords({ kind: 'cluster', tool: 'k3d', cluster: 'dev' })).toBe('A computer of the k3d cluster dev');
});
