import { afterAll, beforeAll, expect, test } from 'vitest';
import { readImageDetails } from '../../../main/features/images/image-details.ts';
import { LayerIndex } from '../../../main/features/images/layer-index.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { host, traits } from '../../support/engines/own-engine.ts';
import { makeLayer, platformsArchive } from '../../support/layered-archive.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);

let app: TestApp;

beforeAll(async () => {
  app = await startApp(host);
});

afterAll(() => app[Symbol.asyncDispose]());

const rowsOf = (reference: string) => app.images.list?.images.filter(({ references }) => references.includes(reference)) ?? [];

const [native, foreign, missing] = ['linux/amd64', 'linux/arm64/v8', 'linux/s390x'] as const;

async function archiveOf(reference: string, platforms: { name: string; isMissing?: true }[]) {
  return platformsArchive(
    reference,
    await Promise.all(
      platforms.map(async ({ name, isMissing }, at) => ({
        platform: name,
        layers: [await makeLayer(`file-${at}`, 100_000 * (at + 1))],
        ...(isMissing && { isMissing }),
      })),
    ),
  );
}

test.runIf(traits.hasPlatforms).each(['docker’s command', 'Layerdeck'])(
  'an image for several platforms, loaded by %s, is one row with those that are here',
  async (loader) => {
    const reference = `it-platforms:${loader === 'Layerdeck' ? 'app' : 'command'}`;
    const { archive, id } = await archiveOf(reference, [{ name: native }, { name: foreign }, { name: missing, isMissing: true }]);
    using folder = new WorkFolder({ 'image.tar': archive });
    const file = folder.file('image.tar');
    if (loader === 'Layerdeck') expect((await app.run({ kind: 'load', archive: app.readable(file) })).failure).toBeUndefined();
    else await docker(['load', '--quiet', '--input', file]);
    // it is in the list before it is unpacked, too
    await app.until(() => rowsOf(reference).some(({ packed, size }) => packed !== undefined && packed < size));
    const [row, ...others] = rowsOf(reference);
    expect(others).toEqual([]);
    expect(row?.id).toBe(id);
    expect(row?.packed).toBeGreaterThan(150_000);
    if (traits.tellsPlatforms) {
      expect(row?.platforms?.map(({ name, isHere }) => [name, isHere])).toEqual([
        [native, true],
        [foreign, true],
        [missing, false],
      ]);
      const sizes = row?.platforms?.map(({ size }) => size) ?? [];
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(row?.size);
      // only what runs here was unpacked
      expect(sizes[0]).toBeGreaterThan(150_000);
      expect(sizes[1]).toBeGreaterThan(100_000);
      expect(sizes[1]).toBeLessThan(110_000);
      expect(sizes[2]).toBe(0);
    } else expect(row).not.toHaveProperty('platforms');
    const details = await readImageDetails(app.connection.engine, new LayerIndex(), app.images.list, id);
    expect(details.platform).toBe(native);
    expect(details.layers).toMatchObject([{ hasLayer: true, number: 1 }]);
  },
);

test.runIf(traits.hasPlatforms)('an image of which only another platform is here is listed, and says so', async () => {
  const { archive, id } = await archiveOf('it-platforms:foreign', [{ name: native, isMissing: true }, { name: foreign }]);
  using folder = new WorkFolder({ 'image.tar': archive });
  await docker(['load', '--quiet', '--input', folder.file('image.tar')]);
  await app.until(() => rowsOf('it-platforms:foreign')[0]?.packed !== undefined);
  const [row] = rowsOf('it-platforms:foreign');
  expect(row?.id).toBe(id);
  if (traits.tellsPlatforms)
    expect(row?.platforms).toMatchObject([
      { name: native, isHere: false },
      { name: foreign, isHere: true },
    ]);
  const details = await readImageDetails(app.connection.engine, new LayerIndex(), app.images.list, id);
  expect(details.platform).toBe(foreign);
});
