import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCacheMatrix } from '../../../main/features/build-history/cache-matrix.ts';
import { readBuiltLayers } from '../../../main/features/images/built-layers.ts';
import { readImageDetails } from '../../../main/features/images/image-details.ts';
import { LayerIndex } from '../../../main/features/images/layer-index.ts';
import { listImages } from '../../../main/features/images/list-images.ts';
import { previewRemoval } from '../../../main/features/images/preview-removal.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { about, base, countsOfPush, host, registry, traits } from '../../support/engines/own-engine.ts';
import { forecastOf, push } from '../../support/forecast-scenario.ts';
import { checkPush, checkRemoval, checkSteps, readTruth, type TrueStep } from '../../support/layer-truth.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);

/** How many images are made up for each builder; many more when run by hand. */
const numRuns = Number(process.env.LAYERDECK_LAYER_RUNS ?? 6);
const seed = Number(process.env.LAYERDECK_LAYER_SEED ?? 9);

// one app for all: what it learns from a push is kept for the next forecast, and cannot be learnt from a removed image
let app: TestApp;

beforeAll(async () => {
  app = await startApp(host);
  await docker(['tag', base, `${registry}/it-layers/base:1`]);
  await push(app, `${registry}/it-layers/base:1`);
});

afterAll(() => app[Symbol.asyncDispose]());

const build = (reference: string, folder: WorkFolder, builder: 'classic' | 'BuildKit', ...options: string[]) =>
  docker(['build', '--quiet', '--tag', reference, ...options, folder.path], {
    env: { DOCKER_BUILDKIT: builder === 'BuildKit' ? '1' : '0' },
  });

const place = fc.constantFrom('/a', '/b', '/c');
/** Steps with files, without, with nothing but a folder, and settings. */
const anyLine = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(place, fc.integer({ min: 1, max: 5000 })).map(([at, size]) => `RUN head -c ${size} /dev/urandom > ${at}.bin`),
  },
  { weight: 3, arbitrary: fc.constantFrom('RUN true', 'RUN ["true"]', 'RUN cat /etc/hosts > /dev/null', 'USER root') },
  { weight: 3, arbitrary: place.map((at) => `RUN mkdir -p ${at}`) },
  place.map((at) => `RUN rm -f ${at}.bin`),
  fc.tuple(fc.constantFrom('file', 'blank', 'folder'), place).map(([what, at]) => `COPY ${what} ${at}/${what}`),
  { weight: 2, arbitrary: fc.constantFrom('WORKDIR /', 'WORKDIR /w', 'WORKDIR deeper', 'WORKDIR /bin') },
  fc.constantFrom('ENV A=b', 'LABEL a=b', 'CMD ["sh"]', 'EXPOSE 80', 'VOLUME /v', 'ARG X=1', 'STOPSIGNAL SIGTERM', 'ENTRYPOINT []'),
);
const anyDockerfile = fc.array(anyLine, { minLength: 1, maxLength: 6 }).map((lines) => `FROM ${base}\n${lines.join('\n')}\n`);

const folderOf = (dockerfile: string) => {
  const folder = new WorkFolder({ Dockerfile: dockerfile, file: 'some bytes', blank: '' });
  folder.write('folder/inner', 'more');
  return folder;
};

/** For images with known steps: those called the same up to a step are the same, and those called different are not. */
async function checkMatrix(images: { reference: string; truth: TrueStep[] }[]): Promise<void> {
  const rows = await Promise.all(
    images.map(async ({ reference }) => ({
      id: reference,
      title: reference,
      layers: await readBuiltLayers(app.connection.engine, reference),
    })),
  );
  const { rows: shown } = makeCacheMatrix(rows);
  const upTo = (row: number, column: number) =>
    JSON.stringify(images[row]?.truth.slice(0, column + 1).map(({ diffId }, at) => diffId ?? rows[row]?.layers[at]?.createdBy));
  const [one, two] = shown;
  one?.cells.forEach(({ group }, column) => {
    const other = two?.cells[column]?.group;
    if (group !== undefined && other !== undefined) expect(group === other).toBe(upTo(0, column) === upTo(1, column));
  });
}

test.each(traits.hasBuildKit ? (['classic', 'BuildKit'] as const) : (['classic'] as const))(
  'whatever steps an image of the %s builder has, what is said about its layers is true',
  async (builder) => {
    const reference = `${registry}/it-layers/${builder.toLowerCase()}:1`;
    const again = `${registry}/it-layers/${builder.toLowerCase()}:2`;
    await fc.assert(
      fc.asyncProperty(anyDockerfile, async (dockerfile) => {
        using folder = folderOf(dockerfile);
        const tarball = folder.file('saved.tar');
        await build(reference, folder, builder);
        await docker(['save', '--output', tarball, reference]);
        const truth = await readTruth(app, reference, tarball);
        // every step of the classic builder has an image of its own that can be asked
        const unknown = await checkSteps(app, reference, truth);
        if (builder === 'classic') expect(unknown).toBe(0);
        await checkPush(app, reference, truth);
        await build(again, folder, builder, '--no-cache');
        await docker(['save', '--output', tarball, again]);
        const truthAgain = await readTruth(app, again, tarball);
        await checkMatrix([
          { reference, truth },
          { reference: again, truth: truthAgain },
        ]);
        await checkRemoval(app, reference, truth);
        await checkRemoval(app, again, truthAgain);
        // from elsewhere: the steps have no images
        await docker(['load', '--input', tarball]);
        await checkSteps(app, again, truthAgain);
        await checkPush(app, again, truthAgain);
        await checkRemoval(app, again, truthAgain);
      }),
      { numRuns, seed },
    );
  },
  60_000 + numRuns * 30_000,
);

test('RUN true and RUN mkdir without a byte: every layer is identified, and nothing is wrongly called sent, freed or the same', async () => {
  const { engine } = app.connection;
  const name = (tag: string) => `${registry}/it-layers/no-op:${tag}`;
  using folder = folderOf(`FROM ${base}\nRUN head -c 500000 /dev/urandom > /big\nRUN mkdir /empty\nRUN true\n`);
  for (const tag of ['a', 'b']) await build(name(tag), folder, 'classic', '--no-cache');
  const image = await engine.docker.getImage(name('a')).inspect();
  const list = { images: await listImages(engine) };

  const { layers, layerCount } = await readImageDetails(engine, new LayerIndex(), list, image.Id);
  expect(layerCount).toBe(image.RootFS.Layers?.length);
  expect(layers.map(({ instruction, number, hasLayer }) => [instruction.split(' ')[1], hasLayer, number]).slice(0, 3)).toEqual([
    traits.leavesOutEmptyLayers ? ['true', false, undefined] : ['true', true, 5],
    ['mkdir', true, 4],
    ['head', true, 3],
  ]);
  expect(layers.flatMap(({ diffId }) => diffId ?? []).reverse()).toEqual(image.RootFS.Layers);
  expect(layers.find(({ number }) => number === 1)?.sharedWith).toBeGreaterThan(0);
  expect(layers.find(({ number }) => number === 3)?.sharedWith).toBe(0);

  const rows = await Promise.all(
    ['a', 'b'].map(async (tag) => ({ id: tag, title: tag, layers: await readBuiltLayers(engine, name(tag)) })),
  );
  const matrix = makeCacheMatrix(rows);
  expect(matrix.rows[0]?.cells[matrix.partsAt ?? -1]?.instruction).toContain('/big');
  const { freed } = await previewRemoval(engine, new LayerIndex(), list, [image.Id]);
  const unpacked = (freed?.bytes ?? 0) - (freed?.packed ?? 0);
  if (traits.countsBlocks) expect(Math.floor(unpacked / 100_000)).toBe(5);
  // at most, if the build cache of an earlier test has a layer of just as many bytes
  else expect(freed).toMatchObject({ bytes: about(500_000) });
  const forecast = await forecastOf(app, name('a'));
  if (traits.countsFiles) expect(forecast.layers.map(({ size }) => size).slice(2)).toEqual([500_000, 0]);
  const { result } = await push(app, name('a'));
  const sent = forecast.layers.filter(({ state }) => state === 'send');
  expect(result).toMatchObject(countsOfPush(sent.length, forecast.layers.length - sent.length, forecast.toSend));
  // the containerd store and Podman tell of an image that they delete, but of no layer
  const deletedLayers = traits.tellsDeletedLayers ? 2 : 0;
  expect(await app.run({ kind: 'remove', images: [image.Id] })).toMatchObject({ result: { deletedLayers } });
});
