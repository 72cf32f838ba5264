import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, host, traits } from '../../support/engines/own-engine.ts';
import { openIndexed } from '../../support/layer-files/read-indexed.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
let app: TestApp;

beforeAll(async () => {
  app = await startApp(host);
});
afterAll(() => app[Symbol.asyncDispose]());

const fill =
  'mkdir -p /root/.cache/pip/deep /app && for i in 1 2 3 4 5 6 7 8 9; do head -c $((i * 700)) /dev/zero > /root/.cache/pip/deep/$i; done';
const rest = 'echo code > /app/code && ln /app/code /app/code2';

/** Bytes of each layer's unpacked tarball, the lowest first, read without Layerdeck. */
async function layerSizes(reference: string, folder: WorkFolder): Promise<number[]> {
  const saved = folder.file('saved.tar');
  await docker(['save', '--output', saved, reference]);
  const read = (member: string) => execFileSync('tar', ['-xOf', saved, member], { maxBuffer: 2 ** 28 });
  const [{ Layers } = { Layers: [] }] = JSON.parse(read('manifest.json').toString()) as { Layers: string[] }[];
  return Layers.map((layer) => {
    const bytes = read(layer);
    return (bytes[0] === 0x1f ? execFileSync('gunzip', { input: bytes, maxBuffer: 2 ** 28 }) : bytes).length;
  });
}

async function built(reference: string, lines: string[]) {
  using folder = new WorkFolder({ Dockerfile: `FROM ${base}\n${lines.join('\n')}\n` });
  await docker(['build', '--quiet', '--tag', reference, folder.path], { env: { DOCKER_BUILDKIT: traits.hasBuildKit ? '1' : '0' } });
  const { Id } = await app.connection.engine.docker.getImage(reference).inspect();
  return { image: Id as string, sizes: await layerSizes(reference, folder) };
}

test.each([
  ['a cache that stays', [`RUN ${fill} && ${rest}`], [`RUN ${fill} && ${rest} && rm -rf /root/.cache`]],
  [
    'a cache that a later step removes, beside other things that it does',
    [`RUN ${fill} && ${rest}`, 'RUN rm -rf /root/.cache && echo later > /app/later'],
    [`RUN ${fill} && ${rest} && rm -rf /root/.cache`, 'RUN rm -rf /root/.cache && echo later > /app/later'],
  ],
])('what if %s were removed in its own step: as large as a real build of it, to the byte', async (_, lines, rebuilt) => {
  const { image, sizes } = await built(`it-what-if:${lines.length}`, lines);
  const { files, view, layers } = await openIndexed(app, { kind: 'engine', image });
  const found = await app.layerFiles.found({ view: { ...view, filter: { text: '.cache' } }, order: 'name', page: { first: 0, most: 10 } });
  const layer = layers.length - lines.length;
  // what a later step removed is in the list of its own layer
  const inLayer = { ...view, from: layer, to: layer, all: false, filter: { text: '.cache' } };
  const place = (found.rows[0] ?? (await app.layerFiles.found({ view: inLayer, order: 'name', page: { first: 0, most: 10 } })).rows[0])
    ?.place;
  const { layers: changed, saved } = await app.layerFiles.whatIf({ files, removed: [{ layer, place: place ?? -1 }] });
  expect(saved).toBe(45 * 700);
  const told = sizes.map((size, at) => {
    const own = changed.find((one) => one.layer === at);
    if (own) expect(own.before.tarball).toBe(size);
    return (traits.countsPacked ? own?.leastTarball : own?.after.tarball) ?? size;
  });
  expect(told).toEqual((await built(`it-what-if-rebuilt:${lines.length}`, rebuilt)).sizes);
});
