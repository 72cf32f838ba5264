import { expect } from 'vitest';
import type { ImageArchive } from '../../contract/archive.ts';
import { previewArchive } from '../../main/foundation/image-archive/preview-archive.ts';
import type { TestApp } from './make-app.ts';

/** What the window would show of a file. Throws if it is refused. */
export async function shownOf(path: string): Promise<ImageArchive> {
  const last = (await Array.fromAsync(previewArchive(path))).at(-1);
  if (last?.kind !== 'preview' || last.preview.kind !== 'images') throw new Error(`${path} is not shown: ${JSON.stringify(last)}`);
  return last.preview;
}

/** Loads a file, and compares what the engine then has with what was shown before. */
export async function loadAsShown(app: TestApp, path: string): Promise<ImageArchive> {
  const shown = await shownOf(path);
  const { docker, product, platform } = app.connection.engine;
  const task = await app.run({ kind: 'load', archive: app.readable(path), shown: shown.contents });
  expect(task.failure, `${path}: ${JSON.stringify(task.failure)}`).toBeUndefined();
  expect(task.result).not.toHaveProperty('differences');
  for (const image of shown.images) {
    // an engine has only its own platform of an image for several
    if (shown.images.length > 1 && image.platform !== platform) continue;
    for (const name of product === 'Podman' ? image.referencesOnPodman : image.references) {
      const { RootFS } = await docker.getImage(name).inspect();
      expect(RootFS.Layers ?? [], name).toEqual(image.layers.map(({ diffId }) => diffId));
      expect(task.result).toMatchObject({ loaded: expect.arrayContaining([name]) });
    }
  }
  return shown;
}

/** Removes every image with a layer of this file that earlier tests may have left: an engine does not read again what it has. */
export async function forgetLayersOf(app: TestApp, path: string): Promise<void> {
  const { docker } = app.connection.engine;
  const shown = new Set((await shownOf(path)).images.flatMap(({ layers }) => layers.map(({ diffId }) => diffId)));
  for (const { Id } of await docker.listImages()) {
    const { RootFS } = await docker.getImage(Id).inspect();
    if (RootFS.Layers?.some((layer) => shown.has(layer))) await docker.getImage(Id).remove({ force: true });
  }
}
