import { expect } from 'vitest';
import type { FilesSource, FoundRow } from '../../../contract/layer-files.ts';
import type { TestApp } from '../make-app.ts';
import type { SeenFile } from './read-tree.ts';

/** Reads the layers of an image that are not indexed yet, and tells what the task told. */
export async function readIndexed(app: TestApp, source: FilesSource) {
  const { files } = await app.layerFiles.open(source);
  const task = await app.run({ kind: 'index', files });
  expect(task).toMatchObject({ state: 'succeeded' });
  return task.result;
}

/** Opens an image, indexed. */
export async function openIndexed(app: TestApp, source: FilesSource) {
  await readIndexed(app, source);
  const opened = await app.layerFiles.open(source);
  expect(opened.missing).toEqual([]);
  const view = { files: opened.files, from: 0, to: opened.layers.length - 1, all: true };
  return { ...opened, view };
}

/** Everything in an image, by path, asked for as the window does, page by page. */
export async function readAll(app: TestApp, source: FilesSource): Promise<Map<string, SeenFile>> {
  const { view } = await openIndexed(app, source);
  const found = new Map<string, SeenFile>();
  for (let first = 0, total = 1; first < total; first += 1000) {
    const page = await app.layerFiles.found({ view, order: 'name', page: { first, most: 1000 } });
    total = page.total;
    for (const row of page.rows) found.set(row.path.slice(1), await seen(app, view, row));
  }
  return found;
}

async function seen(app: TestApp, view: Parameters<TestApp['layerFiles']['details']>[0]['view'], row: FoundRow): Promise<SeenFile> {
  const { kind, mode, uid, gid, modified, size, link = '' } = row;
  const { digest = '' } = kind === 'file' ? await app.layerFiles.details({ view, place: row.place }) : {};
  return { kind, mode, uid, gid, modified, size, link, digest };
}
