import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyLoad, foldLoad, type LoadLine, unpackProgress } from '../../../main/features/load-save/fold-load.ts';
import { readFixture } from '../../fixtures/read-fixture.ts';
import { manyRuns } from '../../support/fold-steadily.ts';

const foldFixture = async (name: string) => (await readFixture<LoadLine>(`${name}.ndjson`)).reduce(foldLoad, emptyLoad);

describe.each(['docker-20.10', 'docker-26', 'docker-26-containerd', 'podman-4.3'])('recorded from %s', (engine) => {
  test('a load ends with the image that the engine named', async () => {
    expect((await foldFixture(`${engine}/load`)).loaded).toEqual([expect.stringMatching(/^localhost:\d+\/rec:1$/)]);
  });

  test('every name of an image is listed', async () => {
    const { loaded } = await foldFixture(`${engine}/load-two-names`);
    expect(loaded.toSorted()).toEqual(['localhost/rec-two:1', 'localhost/rec-two:2']);
  });

  test('an image without a name is named by its id', async () => {
    expect((await foldFixture(`${engine}/load-untagged`)).loaded).toEqual([expect.stringMatching(/sha256:[0-9a-f]{64}/)]);
  });
});

test.each(['docker-20.10', 'docker-26'])('%s reports every layer until it is done', async (engine) => {
  const { layers = [] } = unpackProgress(await foldFixture(`${engine}/load`));
  expect(layers).toHaveLength(6);
  expect(layers.every(({ state: now, bytes }) => now === 'done' && bytes?.done === bytes?.total)).toBe(true);
});

test.each(['docker-20.10', 'docker-26', 'docker-26-containerd'])(
  'a truncated archive is an error in the middle of HTTP 200 of %s',
  async (engine) => {
    await expect(foldFixture(`${engine}/load-truncated`)).rejects.toThrow('unexpected EOF');
  },
);

test('Docker without the containerd store does not know a tarball without its own list of images', async () => {
  await expect(foldFixture('docker-26/load-oci')).rejects.toThrow('no such file');
  expect((await foldFixture('docker-26-containerd/load-oci')).loaded).toEqual(['localhost/rec-oci:1']);
  expect((await foldFixture('podman-4.3/load-oci')).loaded).toEqual(['localhost/rec-oci:1']);
});

const odd = fc.constantFrom(-1, Number.NaN, 1e300, null, '5', undefined);
const anyLine = fc.record(
  {
    id: fc.constantFrom('a', 'b', '', null, 3),
    status: fc.constantFrom('Loading layer', 'odd', null),
    stream: fc.constantFrom('Loaded image: a:1', 'Loaded image ID: sha256:1', 'odd', '', null, 4),
    progressDetail: fc.option(fc.record({ current: fc.oneof(fc.nat(200), odd), total: fc.oneof(fc.nat(100), odd) }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<LoadLine>;

test('whatever comes in whatever order, no layer goes backwards or passes its total, and each name counts once', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
      let state = emptyLoad;
      for (const line of lines) {
        const before = state;
        state = foldLoad(state, line);
        for (const { id, bytes } of state.layers.values()) {
          expect(bytes?.done).toBeLessThanOrEqual(bytes?.total ?? Number.POSITIVE_INFINITY);
          expect(bytes?.done).toBeGreaterThanOrEqual(before.layers.get(id)?.bytes?.done ?? 0);
        }
      }
      expect(new Set(state.loaded).size).toBe(state.loaded.length);
    }),
    manyRuns,
  );
});
