import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompareView, FoundDifference } from '../../../contract/compare.ts';
import type { FilesSource } from '../../../contract/layer-files.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, host, registry } from '../../support/engines/own-engine.ts';
import { openIndexed } from '../../support/layer-files/read-indexed.ts';
import { listTar, withoutAdded } from '../../support/layer-files/seen-files.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const folder = new WorkFolder();
const names = [`${registry}/it-compare/shop:1`, `${registry}/it-compare/shop:2`] as const;
let app: TestApp;
let images: [string, string];

const dockerfile = (own: string, more: string) => `FROM ${base}
COPY same /same
RUN mkdir -p /app/old /app/empty && echo gone > /app/old/banner && echo kept > /app/kept && ln -s kept /app/link && echo x > /app/run && mkdir /app/sub && echo in > /app/sub/in
COPY ${own} /app/own
${more}
`;

const changes = `RUN rm -r /app/old && echo added > /app/added && ln -sf own /app/link && chmod 755 /app/run && chown 7:8 /app/kept && mkdir -p /app/deep/er && echo 1 > /app/deep/er/one && touch -d 2020-01-01 /same/one
RUN rm -r /app/sub && echo file > /app/sub && printf 'Package: curl\\nStatus: install ok installed\\nArchitecture: amd64\\nVersion: 8.2\\n\\nPackage: new\\nStatus: install ok installed\\nVersion: 1\\n' > /var/lib/dpkg/status
ENV MODE=late PATH=/bin
LABEL version=2
EXPOSE 8080
VOLUME /data
STOPSIGNAL SIGQUIT
USER 1000
WORKDIR /app
CMD ["serve", "--fast"]`;

beforeAll(async () => {
  app = await startApp(host);
  for (const name of ['same/one', 'same/two', 'same/grün', 'first/a', 'first/b', 'second/a', 'second/c'])
    folder.write(name, `content of ${name}`);
  const first = `RUN mkdir -p /var/lib/dpkg && printf 'Package: curl\\nStatus: install ok installed\\nVersion: 8.1\\n' > /var/lib/dpkg/status
ENV MODE=early
CMD ["serve"]`;
  folder.write('Dockerfile.1', dockerfile('first', first));
  folder.write('Dockerfile.2', dockerfile('second', `RUN mkdir -p /var/lib/dpkg\n${changes}`));
  for (const [at, name] of names.entries())
    await docker(['build', '--quiet', '--tag', name, '--file', folder.file(`Dockerfile.${at + 1}`), folder.path]);
  images = (await Promise.all(names.map(async (name) => (await app.connection.engine.docker.getImage(name).inspect()).Id))) as [
    string,
    string,
  ];
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function exported(name: string): Promise<string> {
  const container = (await docker(['create', name, 'true'])).trim();
  const path = folder.file(`${name.split(':').at(-1)}.tar`);
  await docker(['export', '--output', path, container]);
  await docker(['rm', container]);
  return path;
}

async function openBoth(on: TestApp, sources: [FilesSource, FilesSource]): Promise<{ first: string; second: string }> {
  const first = await openIndexed(on, sources[0]);
  return { first: first.files, second: (await openIndexed(on, sources[1])).files };
}

async function allOf(on: TestApp, view: CompareView): Promise<FoundDifference[]> {
  const found: FoundDifference[] = [];
  for (let total = 1; found.length < total; ) {
    const page = await on.compare.found({ view, order: 'name', page: { first: found.length, most: 7 } });
    total = page.total;
    found.push(...page.rows);
    if (page.rows.length === 0) break;
  }
  return found;
}

const engineSources = (): [FilesSource, FilesSource] => [
  { kind: 'engine', image: images[0] },
  { kind: 'engine', image: images[1] },
];

/** Differences as another program's lists of two exported containers tell them. */
function differences(one: string, other: string, withTimes: boolean): Map<string, string[]> {
  const [before, after] = [withoutAdded(listTar(one)), withoutAdded(listTar(other))];
  const told = new Map<string, string[]>();
  for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [a, b] = [before[path], after[path]];
    if (!a || !b) {
      told.set(`/${path}`, [a ? 'removed' : 'added']);
      continue;
    }
    const aspects = [
      ...(a.kind !== b.kind ? ['kind'] : []),
      ...(a.digest !== b.digest ? ['content'] : []),
      ...(a.link !== b.link ? ['link'] : []),
      ...(a.mode !== b.mode ? ['mode'] : []),
      ...(a.uid !== b.uid || a.gid !== b.gid ? ['owner'] : []),
      ...(withTimes && a.modified !== b.modified ? ['time'] : []),
    ];
    if (a.kind !== b.kind) told.set(`/${path}`, ['changed', 'kind']);
    else if (aspects.length > 0) told.set(`/${path}`, ['changed', ...aspects]);
  }
  return told;
}

const told = (rows: FoundDifference[]) => new Map(rows.map(({ path, change = '', aspects }) => [path, [change, ...aspects]] as const));

test('two images of an engine differ in what their exported files differ in', async () => {
  const pair = await openBoth(app, engineSources());
  const tars = [await exported(names[0]), await exported(names[1])] as const;
  expect(told(await allOf(app, pair))).toEqual(differences(...tars, false));
  // whole seconds, as the tarballs of an export have them
  const seconds = (await allOf(app, { ...pair, withTimes: true })).filter(
    ({ aspects, facts: [one, other] }) => aspects.join() !== 'time' || Math.floor(one?.modified ?? 0) !== Math.floor(other?.modified ?? 0),
  );
  // a container adds files to these, so that an export tells when it was made, and not when the image's folder was changed
  const paths = (rows: Iterable<string>) => [...rows].filter((path) => !['/run', '/etc', '/dev'].includes(path)).sort();
  expect(paths(seconds.map(({ path }) => path))).toEqual(paths(differences(...tars, true).keys()));
  expect(await app.compare.summary(pair)).toMatchObject({ files: { added: 3, removed: 3, changed: 6 } });
});

test('what diff says of both unpacked is the same', async () => {
  const pair = await openBoth(app, engineSources());
  const unpacked = await Promise.all(
    names.map(async (name, at) => {
      const target = folder.file(`unpacked-${at}`);
      mkdirSync(target);
      execFileSync('tar', ['-xf', await exported(name), '-C', target, '--exclude=dev/*']);
      return target;
    }),
  );
  const { stdout } = spawnSync('diff', ['-rq', '--no-dereference', ...unpacked], { encoding: 'utf8', env: { LC_ALL: 'C' } });
  // diff knows content, links and kinds
  const files = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => /^(?:Files|Symbolic links|File) (\S+)/.exec(line)?.[1] ?? line.replace(/^Only in (\S+): (.+)$/, '$1/$2'))
    .map((path) => path.replace(/^.*\/unpacked-[01]/, ''));
  const rows = (await allOf(app, pair)).filter(
    ({ change, aspects }) =>
      change !== 'changed' || aspects.some((aspect) => aspect === 'content' || aspect === 'link' || aspect === 'kind'),
  );
  // of a folder that only one has, diff names the folder alone
  const isIn = (path: string) => rows.some((other) => other.change !== 'changed' && path.startsWith(`${other.path}/`));
  const below = rows.filter(
    ({ path }) => !isIn(path) && !rows.some((other) => other.aspects.includes('kind') && path.startsWith(`${other.path}/`)),
  );
  expect(below.map(({ path }) => path).sort()).toEqual(files.sort());
});

test('from saved files and from a registry, everything is told the same, and the images are known to be the same', async () => {
  const pair = await openBoth(app, engineSources());
  const expected = { rows: await allOf(app, pair), summary: await app.compare.summary(pair) };
  const { images: known } = await app.compare.images(pair);
  for (const [at, name] of names.entries()) {
    await docker(['save', '--output', folder.file(`saved-${at}.tar`), name]);
    await docker(['push', '--quiet', name]);
  }
  await using fresh = await startApp(host);
  const archive = (at: number): FilesSource => ({ kind: 'archive', archive: fresh.readable(folder.file(`saved-${at}.tar`)), image: 0 });
  const remote = (at: 0 | 1): FilesSource => ({ kind: 'registry', reference: names[at] });
  for (const sources of [
    [archive(0), archive(1)],
    [remote(0), archive(1)],
    [remote(0), remote(1)],
  ] satisfies [FilesSource, FilesSource][]) {
    const other = await openBoth(fresh, sources);
    expect(await allOf(fresh, other)).toEqual(expected.rows);
    expect(await fresh.compare.summary(other)).toEqual(expected.summary);
    const { images: found } = await fresh.compare.images(other);
    for (const at of [0, 1] as const) {
      expect(found[at].settings).toEqual(known[at].settings);
      expect(found[at].platform).toBe(known[at].platform);
      expect(found[at].layers.map(({ diffId }) => diffId)).toEqual(known[at].layers.map(({ diffId }) => diffId));
      expect(found[at].history.map(({ instruction }) => instruction)).toEqual(known[at].history.map(({ instruction }) => instruction));
      expect(Math.abs(found[at].createdAt - known[at].createdAt)).toBeLessThan(1000);
      expect(found[at].sizes.packed ?? found[at].sizes.unpacked).toBeGreaterThan(0);
    }
  }
});

test('settings and packages of both are told', async () => {
  const pair = await openBoth(app, engineSources());
  const {
    images: [first, second],
  } = await app.compare.images(pair);
  expect(first.settings).toMatchObject({ command: ['serve'], user: '', ports: [], volumes: [], stopSignal: '' });
  expect(second.settings).toMatchObject({
    command: ['serve', '--fast'],
    user: '1000',
    workingDirectory: '/app',
    ports: ['8080/tcp'],
    volumes: ['/data'],
    stopSignal: 'SIGQUIT',
    labels: expect.objectContaining({ version: '2' }),
    environment: expect.arrayContaining(['MODE=late', 'PATH=/bin']),
  });
  expect(await app.compare.packages({ pair, page: { first: 0, most: 100 } })).toMatchObject({
    known: ['known', 'known'],
    rows: [
      { name: 'curl', change: 'changed', versions: [['8.1'], ['8.2']] },
      { name: 'new', change: 'added', versions: [[], ['1']] },
    ],
  });
});

test('what both lack is read once, said with its bytes, and a file of either side is opened', async () => {
  await using fresh = await startApp(host);
  const [one, other] = engineSources();
  const pair = { first: (await fresh.layerFiles.open(one)).files, second: (await fresh.layerFiles.open(other)).files };
  const before = await fresh.compare.images(pair);
  const [all, more] = before.images.map(({ layers }) => layers.length) as [number, number];
  const shared = before.images[0].layers.filter(({ diffId }) => before.images[1].layers.some((layer) => layer.diffId === diffId)).length;
  expect(shared).toBeGreaterThan(2);
  expect(before.missing).toEqual([all, more - shared]);
  expect(before.toRead[0]?.bytes).toBeGreaterThan(0);
  // one engine sends both at once, and what both have once
  expect(before.isOneReading).toBe(true);
  expect(before.toRead[1]).toBeUndefined();
  const sizes = await Promise.all(images.map(async (image) => (await app.connection.engine.docker.getImage(image).inspect()).Size));
  expect(before.toRead[0]?.bytes).toBeLessThan((sizes[0] ?? 0) + (sizes[1] ?? 0));
  const task = await fresh.run({ kind: 'index', files: pair.first, also: pair.second });
  expect(task).toMatchObject({ state: 'succeeded', result: { layers: all + more - shared } });
  expect(await fresh.compare.images(pair)).toMatchObject({ missing: [0, 0] });

  const { rows } = await fresh.compare.found({
    view: { ...pair, filter: { text: 'a' } },
    order: 'difference',
    page: { first: 0, most: 100 },
  });
  const changed = rows.find(({ path }) => path === '/app/own/a');
  const details = await fresh.compare.details({ view: pair, place: changed?.place ?? 0 });
  expect(details.sides.map((side) => side?.digest)).toEqual([expect.any(String), expect.any(String)]);
  const bytes = await Promise.all(
    details.sides.map((side, at) =>
      fresh.layerFiles.bytes({
        files: at === 0 ? pair.first : pair.second,
        place: side?.place ?? 0,
        layer: (before.images[at as 0 | 1].layers.length ?? 1) - 1,
        slice: { offset: 0, length: 100 },
      }),
    ),
  );
  expect(bytes.map((one) => Buffer.from(one.bytes, 'base64').toString())).toEqual(['content of first/a', 'content of second/a']);
});

test('two readings at once read no layer twice: one waits for what the other reads', async () => {
  await using fresh = await startApp(host);
  const files = await Promise.all(engineSources().map(async (source) => (await fresh.layerFiles.open(source)).files));
  const tasks = await Promise.all(files.map((one) => fresh.run({ kind: 'index', files: one })));
  expect(tasks.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  const [first = '', second = ''] = files;
  const about = await fresh.compare.images({ first, second });
  const layers = new Set(about.images.flatMap((image) => image.layers.map(({ diffId }) => diffId)));
  expect(tasks.reduce((sum, { result }) => sum + (result?.kind === 'index' ? result.layers : 0), 0)).toBe(layers.size);
  expect(about).toMatchObject({ missing: [0, 0] });
});

test('what is no pair is refused', async () => {
  const pair = { first: '0'.repeat(32), second: '1'.repeat(32) };
  await expect(app.compare.summary(pair)).rejects.toMatchObject({ data: { kind: 'not-found' } });
  await expect(app.compare.summary({ ...pair, first: '../x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const opened = await openBoth(app, engineSources());
  await expect(app.compare.details({ view: opened, place: 0xffff_ffff })).rejects.toMatchObject({ data: { kind: 'not-found' } });
});
