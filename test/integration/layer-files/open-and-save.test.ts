import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FilesSource } from '../../../contract/layer-files.ts';
import { makeCommands } from '../../../tools/engine/docker-command.ts';
import { base, host, registry } from '../../support/engines/own-engine.ts';
import { openIndexed } from '../../support/layer-files/read-indexed.ts';
import { startApp, type TestApp } from '../../support/make-app.ts';
import { WorkFolder } from '../../support/work-folder.ts';

const { docker } = makeCommands(host);
const folder = new WorkFolder();
const reference = `${registry}/it-open/files:1`;
const large = randomBytes(3_000_000);
const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(100)]);
let image: string;

beforeAll(async () => {
  folder.write(
    'Dockerfile',
    `FROM ${base}\nCOPY one /data/one\nCOPY two /data/two\nRUN echo second > /data/one/text.txt && rm /data/two/zz-gone\n`,
  );
  folder.write('one/text.txt', 'first ü\n');
  folder.write('one/large', large);
  folder.write('two/picture', picture);
  folder.write('two/zz-gone', 'gone');
  folder.write('two/empty', '');
  await docker(['build', '--quiet', '--tag', reference, folder.path]);
  await docker(['save', '--output', folder.file('saved.tar'), reference]);
  await docker(['push', '--quiet', reference]);
  execFileSync('gzip', ['--keep', '--fast', folder.file('saved.tar')]);
  await using app = await startApp(host);
  image = (await app.connection.engine.docker.getImage(reference).inspect()).Id;
});

afterAll(() => folder[Symbol.dispose]());

const sources: [string, (app: TestApp) => FilesSource][] = [
  ['an engine', () => ({ kind: 'engine', image })],
  ['a saved file', (app) => ({ kind: 'archive', archive: app.readable(folder.file('saved.tar')), image: 0 })],
  ['a packed file', (app) => ({ kind: 'archive', archive: app.readable(folder.file('saved.tar.gz')), image: 0 })],
  ['a registry', () => ({ kind: 'registry', reference })],
];

test.each(sources)('files of an image from %s are opened by pages, and saved', async (from, sourceFor) => {
  await using app = await startApp(host);
  const { files, view } = await openIndexed(app, sourceFor(app));
  const layer = view.to;
  const placeOf = async (name: string) => {
    const { rows } = await app.layerFiles.found({ view: { ...view, filter: { text: name } }, order: 'name', page: { first: 0, most: 10 } });
    return rows.find((row) => row.name === name)?.place ?? -1;
  };
  const read = async (name: string, at = layer, slice = { offset: 0, length: 1_000_000 }) =>
    app.layerFiles.bytes({ files, place: await placeOf(name), layer: at, slice });
  const text = await read('text.txt');
  expect(text).toMatchObject({ size: 7, looksLike: 'text' });
  expect(Buffer.from(text.bytes, 'base64').toString()).toBe('second\n');
  // as it was before
  expect(Buffer.from((await read('text.txt', layer - 1)).bytes, 'base64').toString()).toBe('first ü\n');
  const cost = { files, place: await placeOf('large'), layer };
  expect(await app.layerFiles.cost(cost)).toMatchObject({ isHere: false, toRead: { isDownload: from === 'a registry' } });
  const middle = await read('large', layer, { offset: 1_234_567, length: 100 });
  expect(middle).toMatchObject({ size: large.length, looksLike: 'bytes' });
  expect(Buffer.from(middle.bytes, 'base64')).toEqual(large.subarray(1_234_567, 1_234_667));
  expect(await app.layerFiles.cost(cost)).toEqual({ isHere: true });
  expect(await read('picture')).toMatchObject({ looksLike: 'picture', picture: 'image/png' });
  expect(await read('empty')).toMatchObject({ size: 0, bytes: '' });
  expect(await placeOf('zz-gone')).toBe(-1);
  // a link of the base image has no bytes of its own
  await expect(read('more')).rejects.toMatchObject({ data: { kind: 'invalid-input' } });

  using out = new WorkFolder();
  const save = async (name: string, target: string) =>
    app.run({ kind: 'save-files', files, place: await placeOf(name), layer, target: app.writable(out.file(target)) });
  expect(await save('data', 'folder')).toMatchObject({ state: 'succeeded', result: { files: 4, leftOut: 0 } });
  expect(readdirSync(out.file('folder')).sort()).toEqual(['one', 'two']);
  expect(readdirSync(out.file('folder/two')).sort()).toEqual(['empty', 'picture']);
  expect(readFileSync(out.file('folder/one/large'))).toEqual(large);
  expect(readFileSync(out.file('folder/two/picture'))).toEqual(picture);
  expect(await save('text.txt', 'text')).toMatchObject({ state: 'succeeded', result: { files: 1 } });
  expect(readFileSync(out.file('text'), 'utf8')).toBe('second\n');
  expect(readdirSync(out.path).sort()).toEqual(['folder', 'text']);
  expect(await save('data', 'folder')).toMatchObject({ state: 'failed', failure: { kind: 'invalid-input' } });
});
