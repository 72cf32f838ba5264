import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { makeApp } from '../../main/app.ts';

// A process with the app and no window, which indexes an image and says how long that took: started by measure-index.ts.

const [host = '', image = '', kept] = process.argv.slice(2);
const folder = kept || mkdtempSync(join(tmpdir(), 'layerdeck-index-'));
const nobody = () => Promise.reject(new Error('there is no desktop'));
const app = makeApp({
  folder,
  licences: '/nonexistent',
  machine: { platform: process.platform, home: '/nonexistent', env: { DOCKER_HOST: host } },
  lock: { isAvailable: () => false, lock: nobody, unlock: nobody } as never,
  desktop: () => ({ dialogs: {}, desktop: {} }) as never,
});
await app.load();
const connected = new Promise<void>((resolve) => app.connection.on('state', ({ state }) => state === 'connected' && resolve()));
void app.connection.run();
await connected;
const { Id } = await app.connection.engine.docker.getImage(image).inspect();
const { layerFiles } = createRouterClient(app.router);

let peak = process.memoryUsage.rss();
const before = peak;
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20).unref();

const begin = performance.now();
const { files, layers, missing } = await layerFiles.open({ kind: 'engine', image: Id });
if (missing.length > 0) {
  const id = app.tasks.start({ kind: 'index', files });
  const ended = new Promise<void>((resolve) => app.tasks.on('task', (task) => task.id === id && task.endedAt !== undefined && resolve()));
  await ended;
  const { state, failure } = app.tasks.task(id);
  if (state !== 'succeeded') throw new Error(failure?.title);
}
const view = { files, from: 0, to: layers.length - 1, all: true };
const { rows } = await layerFiles.folder({ view, place: 0, order: 'name', page: { first: 0, most: 100 } });
const took = performance.now() - begin;
console.log(JSON.stringify({ took, before, peak, read: missing.length, rows: rows.length }));
await app.close();
if (!kept) rmSync(folder, { recursive: true, force: true });
