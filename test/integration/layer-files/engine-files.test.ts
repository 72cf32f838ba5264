import { chmodSync, lchownSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FilesSource } from '../../../contract/layer-files.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, host, registry } from '../../support/engines/own-engine.ts';
import { readAll, readIndexed } from '../../support/layer-files/read-indexed.ts';
import { listTar, withoutAdded } from '../../support/layer-files/seen-files.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { makeRandomImage } from '../../support/random-image.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const folder = new WorkFolder();
const reference = `${registry}/it-files/hard:1`;
let app: TestApp;
let image: string;

/** Links, owners, modes, odd names, removals of every kind, and things that become other things. */
const dockerfile = `FROM ${base}
COPY tree /tree
RUN mkdir -p /d/e/deep && echo one > /d/a && echo two > /d/e/b && ln /d/a /d/hard && ln -s a /d/sym && chmod 4755 /d/a && chown 1000:100 /d/e/b
RUN mkfifo /d/pipe && mkdir -m 1777 /d/sticky && : > /d/empty && ln -s /nowhere /d/dangling && head -c 300000 /dev/zero > /d/zeros
RUN rm /d/a && chmod 600 /d/e/b && rm /d/sym && mkdir /d/sym && echo x > /d/sym/in
RUN rm -rf /d/e && mkdir /d/e && echo new > /d/e/new
RUN touch /d/hard && rm -rf /d/sticky && echo file > /d/sticky && rm -rf /d/sym && ln -s hard /d/sym
RUN rm -rf /tree/gone /d/pipe && chown -R 7:8 /tree/kept
RUN true
`;

beforeAll(async () => {
  app = await startApp(host);
  folder.write('Dockerfile', dockerfile);
  for (const name of ['tree/kept/grün.txt', 'tree/kept/漢字', `tree/${'long/'.repeat(30)}end`, 'tree/gone/in/it', 'tree/gone/too'])
    folder.write(name, `content of ${name}`);
  mkdirSync(folder.file('tree/kept/sub'));
  symlinkSync('../kept', folder.file('tree/kept/loop'));
  linkSync(folder.file('tree/kept/漢字'), folder.file('tree/kept/sub/same'));
  chmodSync(folder.file('tree/kept/sub'), 0o2750);
  writeFileSync(Buffer.concat([Buffer.from(folder.file('tree/kept/latin')), Buffer.of(0xe9)]), 'not UTF-8');
  lchownSync(folder.file('tree/kept/grün.txt'), 1000, 1000);
  await docker(['build', '--quiet', '--tag', reference, folder.path]);
  image = (await app.connection.engine.docker.getImage(reference).inspect()).Id;
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const exported = async (): Promise<string> => {
  const container = (await docker(['create', reference, 'true'])).trim();
  await docker(['export', '--output', folder.file('exported.tar'), container]);
  await docker(['rm', container]);
  return folder.file('exported.tar');
};

test('every file of an image is as the engine exports it', async () => {
  const files = await readAll(app, { kind: 'engine', image });
  expect(withoutAdded(files)).toEqual(withoutAdded(listTar(await exported())));
});

test('from a saved file and from a registry, all is the same, and no layer is read again', async () => {
  const files = await readAll(app, { kind: 'engine', image });
  await docker(['save', '--output', folder.file('saved.tar'), reference]);
  await docker(['push', '--quiet', reference]);
  const sources: FilesSource[] = [
    { kind: 'archive', archive: app.readable(folder.file('saved.tar')), image: 0 },
    { kind: 'registry', reference },
  ];
  for (const source of sources) {
    // this app has them; one that never saw an engine reads them from there
    expect((await app.layerFiles.open(source)).missing).toEqual([]);
    await using fresh = await startApp(host);
    const own = source.kind === 'archive' ? { ...source, archive: fresh.readable(folder.file('saved.tar')) } : source;
    expect((await fresh.layerFiles.open(own)).missing).not.toEqual([]);
    expect(await readAll(fresh, own)).toEqual(files);
  }
});

test('a reading that is cancelled ends, keeps nothing half, and can be done again', async () => {
  await makeRandomImage(host, 'it-files-large:1', 40_000_000);
  const { Id } = await app.connection.engine.docker.getImage('it-files-large:1').inspect();
  const { files } = await app.layerFiles.open({ kind: 'engine', image: Id });
  const id = app.tasks.start({ kind: 'index', files });
  await app.until(() => app.tasks.task(id).state === 'running');
  app.tasks.cancel(id);
  expect(await app.ended(id)).toMatchObject({ state: 'cancelled' });
  const found = await readAll(app, { kind: 'engine', image: Id });
  expect(found.get('random')).toMatchObject({ kind: 'file', size: 40_000_000 });
});

test('an image that is gone is told', async () => {
  const gone = `sha256:${'0'.repeat(64)}`;
  await expect(app.layerFiles.open({ kind: 'engine', image: gone })).rejects.toMatchObject({ data: { kind: 'not-found' } });
});

test('of an image with the same base, only its own layers are read', async () => {
  using other = new WorkFolder({ Dockerfile: `FROM ${reference}\nRUN echo more > /more\n` });
  await docker(['build', '--quiet', '--tag', 'it-files-other:1', other.path]);
  const { Id } = await app.connection.engine.docker.getImage('it-files-other:1').inspect();
  await readAll(app, { kind: 'engine', image });
  const { missing, layers } = await app.layerFiles.open({ kind: 'engine', image: Id });
  expect(missing).toEqual([layers.length - 1]);
  expect(await readIndexed(app, { kind: 'engine', image: Id })).toMatchObject({ layers: 1 });
});
