import type { OpenedFiles } from '../../../contract/layer-files.ts';
import { expect, test } from '../../support/window/app.ts';
import { ask, injectClient } from '../../support/window/speak-to-main.ts';

test.beforeEach(({ window }) => injectClient(window));

test('the files of an image, as the page may ask for them of the packaged main', async ({ window, engine }) => {
  const image = (await engine.docker(['inspect', '--format', '{{.Id}}', 'layerdeck/base:1'])).trim();
  const source = { kind: 'engine', image };
  const opened = (await ask(window, 'layerFiles.open', source)).answer as OpenedFiles;
  expect(opened.missing).toEqual(opened.layers.map((_, place) => place));
  await ask(window, 'tasks.start', { request: { kind: 'index', files: opened.files } });
  await expect.poll(async () => ((await ask(window, 'layerFiles.open', source)).answer as OpenedFiles).missing).toEqual([]);
  const view = { files: opened.files, from: 0, to: opened.layers.length - 1, all: true };
  const root = await ask(window, 'layerFiles.folder', { view, place: 0, order: 'name', page: { first: 0, most: 10 } });
  expect(root).toMatchObject({ answer: { rows: expect.arrayContaining([expect.objectContaining({ name: 'bin', kind: 'folder' })]) } });
});

for (const [what, path, input] of [
  ['an image by a name', 'layerFiles.open', { kind: 'engine', image: '../x' }],
  ['a path in the place of an archive', 'layerFiles.open', { kind: 'archive', archive: '/etc/passwd', image: 0 }],
  ['a path in the place of opened files', 'layerFiles.waste', { files: '/etc' }],
  [
    'a path in the place of a number',
    'layerFiles.bytes',
    { files: '0'.repeat(32), place: '/etc/passwd', layer: 0, slice: { offset: 0, length: 1 } },
  ],
] as const) {
  test(`${what} is refused`, async ({ window }) => {
    expect(await ask(window, path, input)).toMatchObject({ code: 'BAD_REQUEST' });
  });
}

test('files that were never opened are no files', async ({ window }) => {
  const files = '0'.repeat(32);
  expect(await ask(window, 'layerFiles.waste', { files })).toEqual({ code: 'FAILED', kind: 'not-found' });
  expect(await ask(window, 'tasks.start', { request: { kind: 'index', files } })).toEqual({ code: 'FAILED', kind: 'not-found' });
});
