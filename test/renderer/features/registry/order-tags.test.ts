import { expect, test } from 'vitest';
import { attachedTo, signedDigests, withTags } from '../../../../renderer/features/registry/browse/order-tags.ts';

const inOrder = (...pages: string[][]) =>
  pages.reduce<ReturnType<typeof withTags>>((all, page) => withTags(all, page), []).map(({ tag }) => tag);

test('names come first, then versions as numbers, the highest first', () => {
  expect(inOrder(['1.9', '1.10', 'latest', '2', '1.2.3', 'Edge'])).toEqual(['latest', 'Edge', '2', '1.10', '1.9', '1.2.3']);
});

test('however tags come, they are in the same order', () => {
  const tags = Array.from({ length: 3000 }, (_, at) => `${at % 7}.${(at * 31) % 1000}.${at}`);
  const whole = inOrder(tags);
  expect(inOrder(tags.slice(0, 1), tags.slice(1, 1500), tags.slice(1500))).toEqual(whole);
  expect(inOrder(tags.slice(2000), tags.slice(0, 2000))).toEqual(whole);
  expect(whole[0]?.startsWith('6.')).toBe(true);
});

test('what is about an image is known by its tag', () => {
  const hash = 'ab'.repeat(32);
  expect(attachedTo(`sha256-${hash}.sig`)).toEqual({ digest: `sha256:${hash}`, what: 'signature' });
  expect(attachedTo(`sha256-${hash}.att`)?.what).toBe('attestation');
  expect(attachedTo(`sha256-${hash}`)?.what).toBe('list');
  for (const tag of ['latest', 'sha256-1234', `sha256-${hash}.exe`, `x-sha256-${hash}`]) expect(attachedTo(tag)).toBeUndefined();
});

test('only a signature makes an image signed', () => {
  const [one, other, third] = ['ab', 'cd', 'ef'].map((two) => two.repeat(32));
  expect([...signedDigests([`sha256-${one}.sig`, `sha256-${other}.sbom`, `sha256-${third}`, 'latest'])]).toEqual([`sha256:${one}`]);
});
