import { expect, test } from 'vitest';
import { pullRegistryImage } from '../../../main/features/local-registry/registry-image.ts';
import { FailureError } from '../../../main/foundation/failures/failure.ts';

const { signal } = new AbortController();
const failing = (kind: 'not-found' | 'registry-unreachable') => new FailureError({ kind, title: `It is ${kind}`, detail: '', hint: '' });

test('the older image is got only where there is no newer one', async () => {
  const asked: string[] = [];
  const pull = async (name: string) => {
    asked.push(name);
    if (name === 'registry:3') throw failing('not-found');
  };
  expect(await pullRegistryImage(pull, signal)).toBe('registry:2');
  expect(asked).toEqual(['registry:3', 'registry:2']);
});

for (const kind of ['not-found', 'registry-unreachable'] as const) {
  test(`no image to be had is told in the same words, whatever was wrong with it: ${kind}`, async () => {
    const pull = () => Promise.reject(failing(kind));
    await expect(pullRegistryImage(pull, signal)).rejects.toMatchObject({
      failure: { title: 'There’s no image of a registry here', cause: `It is ${kind}` },
    });
  });
}
