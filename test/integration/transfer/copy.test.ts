import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CopySource, CopyTarget } from '../../../contract/transfer.ts';
import { forecastCopy } from '../../../main/features/copy/forecast-copy.ts';
import { OpenRegistries } from '../../../main/features/registry-browse/open-registries.ts';
import { RegistryBrowse } from '../../../main/features/registry-browse/registry-browse.ts';
import { openImageArchive } from '../../../main/foundation/image-archive/open-image-archive.ts';
import { writeReceipt } from '../../../main/foundation/receipts/receipt.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { host, registry } from '../../support/engines/own-engine.ts';
import { type Fault, startFaultyDoor } from '../../support/faulty-door.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { putChart, putIndex } from '../../support/put-index.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { runRegistry } from '../../support/run-registry.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const source = `${registry}/it-copy/source:1`;
const files = new WorkFolder();
let app: TestApp;
let other: Awaited<ReturnType<typeof runRegistry>>;
let digest = '';
const browse = () => new RegistryBrowse(new OpenRegistries(app.access), () => 'linux/amd64');

const copy = (from: CopySource, to: CopyTarget) => app.run({ kind: 'copy', from, to });
const toRegistry = (reference: string): CopyTarget => ({ kind: 'registry', reference });
const fromRegistry = (reference: string): CopySource => ({ kind: 'registry', reference });
/** Pulls it afresh, so that the engine itself checks every digest. */
async function canBePulled(reference: string): Promise<void> {
  await docker(['rmi', '--force', reference]).catch(() => {});
  await docker(['pull', reference]);
}

beforeAll(async () => {
  app = await startApp(host);
  other = await runRegistry();
  await makeRandomImage(host, 'it-copy-lower:1', 3_000_000);
  using folder = new WorkFolder({ Dockerfile: 'FROM it-copy-lower:1\nCOPY more /\n', more: Buffer.alloc(200_000, 'more') });
  await docker(['build', '--quiet', '--tag', source, folder.path]);
  const pushed = await app.run({ kind: 'push', references: [source], to: 'own-registry' });
  digest = pushed.result?.kind === 'push' ? (pushed.result.pushed[0]?.digest ?? '') : '';
  await docker(['save', '--output', files.file('saved.tar'), source]);
});

afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
  files[Symbol.dispose]();
});

describe('registry to registry', () => {
  test('moves what is missing, keeps the digest, and moves nothing the second time', async () => {
    const target = `${other.address}/moved:1`;
    const forecast = await forecastCopy({ kind: 'registry', reference: source }, { reference: target }, app.access);
    expect(forecast.layers.map(({ state }) => state)).toEqual(['send', 'send']);
    const first = await copy(fromRegistry(source), toRegistry(target));
    expect(first).toMatchObject({
      state: 'succeeded',
      result: { kind: 'copy', digest, sentLayers: 2, sentBytes: forecast.toSend, presentLayers: 0 },
    });
    expect(await other.digestOf('moved', '1')).toBe(digest);
    await canBePulled(target);
    expect((await forecastCopy({ kind: 'registry', reference: source }, { reference: target }, app.access)).toSend).toBe(0);
    expect((await copy(fromRegistry(source), toRegistry(target))).result).toMatchObject({ sentLayers: 0, presentLayers: 2 });
  });

  test('takes layers from the neighbour of the same registry', async () => {
    const target = `${registry}/it-copy/neighbour:1`;
    const { layers } = await forecastCopy({ kind: 'registry', reference: source }, { reference: target }, app.access);
    expect(layers).toMatchObject([{ state: 'mount', mountedFrom: 'it-copy/source' }, { state: 'mount' }]);
    const task = await copy(fromRegistry(source), toRegistry(target));
    expect(task.progress.layers?.map(({ state }) => state)).toEqual(['mounted', 'mounted']);
    expect(task.result).toMatchObject({ sentLayers: 0, sentBytes: 0, digest });
  });

  test('a missing name, and a digest as the target, are refused with an explanation', async () => {
    expect((await copy(fromRegistry(`${registry}/it-copy/none:1`), toRegistry(`${other.address}/x:1`))).failure?.kind).toBe('not-found');
    const task = await copy(fromRegistry(source), toRegistry(`${other.address}/x@sha256:${'0'.repeat(64)}`));
    expect(task.failure).toMatchObject({ kind: 'invalid-input' });
  });
});

describe('tarball to registry', () => {
  test('layers are packed on the way, arrive once, and can be pulled', async () => {
    const target = `${other.address}/from-file:1`;
    const from: CopySource = { kind: 'archive', archive: app.readable(files.file('saved.tar')), image: 0 };
    const first = await copy(from, toRegistry(target));
    expect(first).toMatchObject({ state: 'succeeded', result: { sentLayers: 2, presentLayers: 0 } });
    await canBePulled(target);
    const { Id } = await app.connection.engine.docker.getImage(target).inspect();
    expect(Id).toBe((await app.connection.engine.docker.getImage(source).inspect()).Id);
    // another tag: the layers of a repository are known from its images
    expect((await copy(from, toRegistry(`${other.address}/from-file:2`))).result).toMatchObject({ sentLayers: 0, presentLayers: 2 });
  });
});

test('a file that holds another image than the one that was shown is not copied', async () => {
  const from = { kind: 'archive' as const, archive: app.readable(files.file('saved.tar')), image: 0 };
  const { images } = await openImageArchive(files.file('saved.tar'));
  const target = toRegistry(`${other.address}/as-shown:1`);
  const failure = { kind: 'bad-archive', title: 'The file has changed' };
  expect(await copy({ ...from, id: `sha256:${'0'.repeat(64)}` }, target)).toMatchObject({ state: 'failed', failure });
  expect(await other.tagsOf('as-shown').catch(() => [])).not.toContain('1');
  expect(await copy({ ...from, ...(images[0] && { id: images[0].shown.ids[0] }) }, target)).toMatchObject({ state: 'succeeded' });
});

test('a chart in the same repository does not keep a tarball out', async () => {
  await putChart(other.address, 'with-chart', 'chart');
  const archive = app.readable(files.file('saved.tar'));
  const task = await copy({ kind: 'archive', archive, image: 0 }, toRegistry(`${other.address}/with-chart:1`));
  expect(task).toMatchObject({ state: 'succeeded' });
  expect(await other.tagsOf('with-chart')).toContain('1');
});

describe('registry to tarball', () => {
  test.each(['plain.tar', 'packed.tar.gz', 'packed.tar.zst'])('%s can be loaded again', async (name) => {
    const path = files.file(name);
    const task = await copy(fromRegistry(source), { kind: 'archive', target: app.writable(path) });
    expect(task).toMatchObject({ state: 'succeeded', result: { kind: 'copy', path, digest, sentLayers: 2 } });
    await docker(['rmi', '--force', source]);
    const loaded = await app.run({ kind: 'load', archive: app.readable(path) });
    expect(loaded.result).toMatchObject({ loaded: [source] });
    expect(readdirSync(files.path).filter((one) => one.includes('layerdeck-part'))).toEqual([]);
  });

  test('by a receipt, a tarball gets only what that computer lacks, and is complete there', async () => {
    const idOf = (name: string) => app.images.list?.images.find(({ references }) => references.some((one) => one.endsWith(name)))?.id ?? '';
    const lower = await app.shelves.main.layers.get(app.connection.engine, idOf('it-copy-lower:1'));
    const receipt = { name: 'lab-03', madeAt: 1, chains: new Set(lower?.chains) };
    const forecast = await forecastCopy({ kind: 'registry', reference: source }, { receipt }, app.access);
    expect(forecast.layers.map(({ state }) => state)).toEqual(['there-already', 'send']);
    const path = files.file('for-lab-03.tar');
    const receiptFile = app.readable(files.write('lab-03.receipt.json', writeReceipt(receipt)));
    const task = await copy(fromRegistry(source), { kind: 'archive', target: app.writable(path), receipt: receiptFile });
    expect(task).toMatchObject({ state: 'succeeded', result: { sentLayers: 1, presentLayers: 1, sentBytes: forecast.toSend } });
    expect((await openImageArchive(path)).preview.suitcase).toMatchObject({ madeFor: 'lab-03' });
    await docker(['rmi', '--force', source]);
    const loaded = await app.run({ kind: 'load', archive: app.readable(path), isPartial: true });
    expect(loaded).toMatchObject({ state: 'succeeded', result: { loaded: [source], hereBefore: { layers: 1 } } });
  });

  test('by the receipt of a registry, only what it lacks is packed, and goes there with the rest of its own', async () => {
    // the other registry has the lower layer in another repository
    const lower = `${other.address}/neighbour:1`;
    await docker(['tag', 'it-copy-lower:1', lower]);
    await app.run({ kind: 'push', references: [lower], to: 'own-registry' });
    const parts = await Array.fromAsync(browse().receipt(other.address, ['neighbour'], 1));
    const last = parts.at(-1);
    if (last?.kind !== 'read') throw new Error(JSON.stringify(last));
    expect(last).toMatchObject({ unreadable: 0, receipt: { name: other.address, stored: [{ repository: 'neighbour' }] } });
    const receipt = files.write('registry.receipt.json', writeReceipt(last.receipt));
    const path = files.file('for-registry.tar');
    const saved = await app.run({ kind: 'save', references: [source], target: app.writable(path), receipt: app.readable(receipt) });
    expect(saved).toMatchObject({ state: 'succeeded', result: { suitcase: { packedLayers: 1, leftOutLayers: 1 } } });
    const archive = app.readable(path);
    const from: CopySource = { kind: 'archive', archive, image: 0 };
    const forecast = await forecastCopy({ kind: 'archive', path, image: 0 }, { reference: `${other.address}/arrived:1` }, app.access);
    expect(forecast.layers).toMatchObject([{ state: 'mount', mountedFrom: 'neighbour' }, { state: 'send' }]);
    const copied = await copy(from, toRegistry(`${other.address}/arrived:1`));
    expect(copied).toMatchObject({ state: 'succeeded', result: { sentLayers: 1, presentLayers: 1 } });
    await canBePulled(`${other.address}/arrived:1`);
    // a registry that it was not packed for says so, before and while it is copied
    await using third = await runRegistry();
    const refused = { title: 'The file was packed for another registry' };
    await expect(
      forecastCopy({ kind: 'archive', path, image: 0 }, { reference: `${third.address}/arrived:1` }, app.access),
    ).rejects.toThrow(refused.title);
    expect(await copy(from, toRegistry(`${third.address}/arrived:1`))).toMatchObject({ state: 'failed', failure: refused });
    expect(await (await fetch(`http://${third.address}/v2/_catalog`)).json()).toEqual({ repositories: [] });
  });

  test('a tarball gets one image of a multi-platform list, as the forecast says', async () => {
    await putIndex(registry, 'it-copy/source', { from: '1', to: 'several' }, ['windows/amd64', 'linux/s390x']);
    const from = fromRegistry(`${registry}/it-copy/source:several`);
    const forecast = await forecastCopy({ kind: 'registry', reference: `${registry}/it-copy/source:several` }, {}, app.access);
    expect(forecast).toMatchObject({ platform: 'linux/amd64', platforms: { length: 3 } });
    const path = files.file('several.tar');
    await copy(from, { kind: 'archive', target: app.writable(path) });
    const { images } = await openImageArchive(path);
    expect(images.map(({ shown }) => shown.platform)).toEqual([forecast.platform]);
  });

  test('a stopped copy leaves no file', async () => {
    using door = await startFaultyDoor({ port: Number(registry.split(':')[1]) }, ({ method, url }) =>
      method === 'GET' && url?.includes('/blobs/') ? { status: 429, headers: { 'retry-after': '30' } } : undefined,
    );
    const path = files.file('stopped.tar');
    const from = fromRegistry(`${door.address}/it-copy/source:1`);
    const id = app.tasks.start({ kind: 'copy', from, to: { kind: 'archive', target: app.writable(path) } });
    await app.until(() => app.tasks.task(id).progress.layers?.some(({ retryInSeconds }) => retryInSeconds !== undefined) ?? false);
    app.tasks.cancel(id);
    expect((await app.ended(id)).state).toBe('cancelled');
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(files.path).filter((one) => one.includes('layerdeck-part'))).toEqual([]);
  });
});

describe('a faulty registry', () => {
  const port = Number(registry.split(':')[1]);
  const isUpload = (method: string | undefined, url = '') => method === 'PATCH' && url.includes('/blobs/uploads/');
  const isBlob = (method: string | undefined, url = '') => method === 'GET' && /\/blobs\/sha256:/.test(url);

  test('an interrupted upload continues from what the registry has', async () => {
    let cuts = 0;
    using door = await startFaultyDoor({ port: other.port }, ({ method, url, headers }): Fault | undefined => {
      const isLarge = isUpload(method, url) && Number(headers['content-length']) > 1_000_000;
      return isLarge && cuts++ < 2 ? { cutRequestAfter: 700_000 } : undefined;
    });
    const task = await copy(fromRegistry(source), toRegistry(`${door.address}/cut:1`));
    expect(task).toMatchObject({ state: 'succeeded', result: { digest, sentLayers: 2 } });
    expect(cuts).toBeGreaterThan(2);
    await canBePulled(`${other.address}/cut:1`);
  });

  test('a blob whose last answer is lost is not sent again', async () => {
    using door = await startFaultyDoor({ port: other.port }, ({ method, url }, nth) =>
      method === 'PUT' && url?.includes('/blobs/uploads/') && nth === 1 ? { loseAnswer: true } : undefined,
    );
    const task = await copy(fromRegistry(source), toRegistry(`${door.address}/lost-answer:1`));
    expect(task).toMatchObject({ state: 'succeeded', result: { digest, sentLayers: 2 } });
    expect(door.seen.filter(({ fault }) => fault)).toHaveLength(3);
    expect(door.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(3);
  });

  test('an interrupted download continues where it was', async () => {
    let cuts = 0;
    using door = await startFaultyDoor({ port }, ({ method, url }) =>
      isBlob(method, url) && cuts++ < 3 ? { cutAnswerAfter: 100_000 } : undefined,
    );
    const task = await copy(fromRegistry(`${door.address}/it-copy/source:1`), toRegistry(`${other.address}/cut-source:1`));
    expect(task).toMatchObject({ state: 'succeeded', result: { digest } });
    await canBePulled(`${other.address}/cut-source:1`);
  });

  test('a busy registry is left alone for as long as it asks', async () => {
    const waits: number[] = [];
    using door = await startFaultyDoor({ port: other.port }, ({ method, url = '' }, nth) => {
      if (method === 'PUT' && url.includes('/manifests/') && nth === 1) return { status: 500 };
      return method === 'POST' && nth === 1 ? { status: 429, headers: { 'retry-after': '2' } } : undefined;
    });
    app.tasks.on('task', ({ progress }) => {
      for (const { retryInSeconds } of progress.layers ?? []) if (retryInSeconds) waits.push(retryInSeconds);
    });
    const task = await copy(fromRegistry(source), toRegistry(`${door.address}/busy:1`));
    expect(task).toMatchObject({ state: 'succeeded', result: { digest } });
    expect(waits).toContain(2);
  });

  test('a registry that stays busy is reported as busy', async () => {
    using door = await startFaultyDoor({ port: other.port }, ({ method }) =>
      method === 'POST' ? { status: 429, headers: { 'retry-after': '600' } } : undefined,
    );
    const task = await copy(fromRegistry(source), toRegistry(`${door.address}/never:1`));
    expect(task.failure?.title).toBe('The registry wants you to wait');
    expect(await other.tagsOf('never')).toEqual([]);
  });
});
