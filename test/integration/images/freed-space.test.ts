import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readLedger } from '../../../main/features/images/disk-ledger.ts';
import { LayerIndex } from '../../../main/features/images/layer-index.ts';
import { listImages } from '../../../main/features/images/list-images.ts';
import { previewRemoval } from '../../../main/features/images/preview-removal.ts';
import { removeCacheRecords } from '../../../main/foundation/buildkit/kept-on-disk.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, dataRoot, host, kind, traits } from '../../support/engines/own-engine.ts';
import { tidyEngine } from '../../support/engines/tidy-engine.ts';
import { layeredArchive, makeLayer, platformsArchive } from '../../support/layered-archive.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { type DiskBytes, lost, readDisk } from '../../support/read-disk.ts';
import { WorkFolder } from '../../support/work-folder.ts';

// the folder of an engine that was named from outside isn't ours to read
const isReadable = dataRoot !== '' && traits.product === 'Docker';

const store = traits.countsPacked ? 'containerd' : 'graph drivers';
const { docker } = makeCommands(host);
const numRuns = Number(process.env.LAYERDECK_LAYER_RUNS ?? 6);
const seed = Number(process.env.LAYERDECK_LAYER_SEED ?? 9);

let app: TestApp;
let atFirst: DiskBytes;

beforeAll(async () => {
  app = await startApp(host);
  if (!isReadable) return;
  await docker(['builder', 'prune', '--all', '--force']);
  await takeAwayLeftovers();
  await settled(readDisk(dataRoot, store));
  atFirst = readDisk(dataRoot, store);
});

afterAll(() => app[Symbol.asyncDispose]());

/** What the engine itself has left over, as of a load, goes with the next image that goes as a whole; a name alone may leave it for later. */
async function takeAwayLeftovers(): Promise<void> {
  await makeRandomImage(host, 'it-freed-nothing:1', 10);
  await docker(['rmi', 'it-freed-nothing:1']);
}

/** What a removal of these names is said to free, and what the disk then gets back. */
async function removeAndMeasure(references: string[]) {
  const { engine } = app.connection;
  const images = await listImages(engine);
  const chosen = images.filter(({ references: names }) => names.some((name) => references.includes(name)));
  const { freed } = await previewRemoval(
    engine,
    new LayerIndex(),
    { images },
    chosen.map(({ id }) => id),
  );
  await takeAwayLeftovers();
  const before = readDisk(dataRoot, store);
  const names = chosen.flatMap((image) => image.references);
  for (const name of names) await docker(['rmi', name]);
  const { packed, unpacked } = await settled(before);
  return { freed, real: { bytes: packed + unpacked, ...(packed > 0 && { packed }) } };
}

/**
 * So many bytes. With containerd's store an image's manifest and configuration, a block each, may stay for BuildKit's own notes on a build,
 * and may go with another image of the classic builder; and that builder leaves some blocks beside a step, which not every engine tells.
 */
const near = (bytes: number, images: number) => {
  const blocks = !traits.countsPacked ? 0 : traits.tellsAllUnpacked ? 2 * images : 12 * images;
  return expect.toSatisfy((found: number) => Math.abs(found - bytes) <= blocks * 4096);
};

/**
 * Removes all of them, and waits for the folders that containerd empties afterwards. A prune would take the steps of the base along, and
 * break the line of steps of all that the classic builder makes from it.
 */
async function removeAll(): Promise<void> {
  const tidied = async () => {
    // BuildKit keeps what a build that has just ended still holds
    await tidyEngine({ docker, kind });
    return readDisk(dataRoot, store).unpacked;
  };
  await expect.poll(tidied).toBeLessThanOrEqual(atFirst.unpacked);
}

/** Images by the numbers of their layers, the lowest first, and which of them go. */
const anyImages = fc.array(fc.tuple(fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }), fc.boolean()), { minLength: 1, maxLength: 4 });

test.runIf(isReadable)(
  'of loaded images that share layers, exactly what is foretold is freed',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyImages, async (made) => {
        const pool = await Promise.all([1, 2, 3, 4].map((number) => makeLayer(`${randomBytes(4).toString('hex')}`, number * 10_000)));
        const images = made.map(([layers, goes], at) => ({
          reference: `it-freed/loaded:${at}`,
          goes,
          layers: [...new Set(layers)].flatMap((number) => pool[number] ?? []),
        }));
        using folder = new WorkFolder({ 'images.tar': await layeredArchive(images) });
        await docker(['load', '--quiet', '--input', folder.file('images.tar')]);
        const { freed, real } = await removeAndMeasure(images.flatMap(({ reference, goes }) => (goes ? [reference] : [])));
        await removeAll();
        expect(freed).toEqual(real);
      }),
      { numRuns, seed },
    );
  },
  60_000 + numRuns * 20_000,
);

const anyLine = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('a', 'b', 'c').map((name) => `RUN head -c ${300_000 + name.charCodeAt(0) * 50} /dev/urandom > /${name}.bin`),
  },
  // the same layer, whatever is below it
  fc.constant('RUN true'),
);
const anyBuilds = fc.array(fc.tuple(fc.array(anyLine, { minLength: 1, maxLength: 3 }), fc.boolean()), { minLength: 1, maxLength: 3 });

test.runIf(isReadable).each(['the classic builder', 'BuildKit', 'one builder and the other'] as const)(
  'of images built by %s, exactly what is foretold is freed, and what its cache keeps is told apart',
  async (builder) => {
    await fc.assert(
      fc.asyncProperty(anyBuilds, async (builds) => {
        const images = builds.map(([lines, goes], at) => ({ reference: `it-freed/built:${at}`, goes, lines }));
        for (const [at, { reference, lines }] of images.entries()) {
          using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${lines.join('\n')}\n` });
          await docker(['build', '--quiet', '--tag', reference, folder.path], {
            env: { DOCKER_BUILDKIT: builder === 'BuildKit' || (builder !== 'the classic builder' && at % 2 === 0) ? '1' : '0' },
          });
        }
        const { freed, real } = await removeAndMeasure(images.flatMap(({ reference, goes }) => (goes ? [reference] : [])));
        await removeAll();
        // two layers of the same bytes and place can't be told apart
        const told = freed?.isAtMost && freed.bytes > real.bytes ? real.bytes : freed?.bytes;
        expect({ told, real, freed }).toEqual({ told: near(real.bytes, images.length), real, freed });
        if (builder === 'the classic builder') expect(freed).not.toHaveProperty('inCache');
      }),
      { numRuns, seed },
    );
  },
  60_000 + numRuns * 30_000,
);

test.runIf(isReadable && traits.countsPacked)(
  'once a step is gone, as after a prune, the engine leaves the steps before it when the image goes, and that is foretold',
  async () => {
    const reference = 'it-freed/broken-line:1';
    const lines = ['a', 'b', 'c'].map((name) => `RUN head -c 300000 /dev/urandom > /${name}`);
    using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${lines.join('\n')}\n` });
    await docker(['build', '--quiet', '--tag', reference, folder.path], { env: { DOCKER_BUILDKIT: '0' } });
    const stepBefore = async (image: string) => (await docker(['inspect', '--format', '{{.Parent}}', image])).trim();
    await docker(['rmi', '--force', await stepBefore(await stepBefore(reference))]);
    const { freed, real } = await removeAndMeasure([reference]);
    expect({ freed, real }).toEqual({ freed: { ...freed, bytes: near(real.bytes, 1) }, real });
    // the last step alone, of three
    expect(freed?.bytes).toBeLessThan(700_000);
    await removeAll();
  },
);

/** Removes some images and some records of the cache, and tells what the ledger said before, and what the disk got back. */
async function cleanAndMeasure(references: string[], picks: boolean[]) {
  const { engine } = app.connection;
  const images = await listImages(engine);
  const chosen = images.filter(({ references: names }) => names.some((name) => references.includes(name)));
  const ledger = await readLedger(engine, new LayerIndex(), images);
  const records = (ledger?.records ?? []).toSorted((a, b) => a.description.localeCompare(b.description));
  const going = records.filter((_, at) => picks[at % picks.length]).map(({ id }) => id);
  const freed = await ledger?.freed({ images: new Set(chosen.map(({ id }) => id)), records: new Set(going) });
  await takeAwayLeftovers();
  const before = readDisk(dataRoot, store);
  for (const name of chosen.flatMap((image) => image.references)) await docker(['rmi', name]);
  const gone = await Array.fromAsync(removeCacheRecords(engine, going, AbortSignal.timeout(10_000)));
  const { packed, unpacked } = await settled(before);
  return { freed, real: packed + unpacked, gone, going };
}

/** What is less than before once containerd has emptied the folders, which it does afterwards. */
async function settled(before: DiskBytes): Promise<DiskBytes> {
  let last = lost(before, readDisk(dataRoot, store));
  await vi.waitUntil(
    () => {
      const now = lost(before, readDisk(dataRoot, store));
      const isStill = now.packed === last.packed && now.unpacked === last.unpacked;
      last = now;
      return isStill;
    },
    { interval: 500, timeout: 20_000 },
  );
  return last;
}

const anyPicks = fc.array(fc.boolean(), { minLength: 5, maxLength: 12 });

test.runIf(isReadable)(
  'of images and records of the build cache that go together, exactly what is foretold is freed',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyBuilds, anyPicks, async (builds, picks) => {
        const images = builds.map(([lines, goes], at) => ({ reference: `it-freed/records:${at}`, goes, lines }));
        for (const { reference, lines } of images) {
          const mounted = `RUN --mount=type=cache,target=/c head -c 90000 /dev/urandom > /c/x`;
          using folder = new WorkFolder({ f: reference, Dockerfile: `FROM ${base}\nCOPY f /f\n${lines.join('\n')}\n${mounted}\n` });
          await docker(['build', '--quiet', '--tag', reference, folder.path], { env: { DOCKER_BUILDKIT: '1' } });
        }
        const { freed, real, gone, going } = await cleanAndMeasure(
          images.flatMap(({ reference, goes }) => (goes ? [reference] : [])),
          picks,
        );
        await removeAll();
        expect(going).toEqual(expect.arrayContaining(gone.map(({ id }) => id)));
        const told = freed?.isAtMost && freed.bytes > real ? real : freed?.bytes;
        expect({ told, real, freed }).toEqual({ told: near(real, images.length), real, freed });
      }),
      { numRuns, seed },
    );
  },
  60_000 + numRuns * 30_000,
);

test.runIf(isReadable && traits.hasPlatforms)('of an image for two platforms, both are freed', async () => {
  const [one, two] = await Promise.all([makeLayer('one', 30_000), makeLayer('two', 50_000)]);
  const { archive } = await platformsArchive('it-freed-platforms:1', [
    { platform: 'linux/amd64', layers: [one] },
    { platform: 'linux/arm64/v8', layers: [one, two] },
  ]);
  using folder = new WorkFolder({ 'image.tar': archive });
  await docker(['load', '--quiet', '--input', folder.file('image.tar')]);
  const { freed, real } = await removeAndMeasure(['it-freed-platforms:1']);
  // what an older engine unpacked for the other platform it doesn't tell, and so nothing is foretold
  expect(freed).toEqual(traits.tellsPlatforms ? real : undefined);
});
