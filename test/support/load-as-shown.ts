import { expect } from 'vitest';
import type { ImageArchive } from '../../contract/archive.ts';
import { previewArchive } from '../../main/formats/image-archive/preview-archive.ts';
import type { TestApp } from './make-app.ts';

/** What the window would show of a file. Throws where it is refused. */
export async function shownOf(path: string): Promise<ImageArchive> {
  const last = (await Array.fromAsync(previewArchive(path))).at(-1);
  if (last?.kind !== 'preview' || last.preview.kind !== 'images') throw new Error(`${path} is not shown: ${JSON.stringify(last)}`);
  return last.preview;
}

/** Loads a file, and compares what the engine then has with what was shown before. */
export async function loadAsShown(app: TestApp, path: string): Promise<ImageArchive> {
  const shown = await shownOf(path);
  const { docker, product, platform } = app.connection.engine;
  const task = await app.run({ kind: 'load', archive: app.readable(path) });
  expect(task.failure, `${path}: ${JSON.stringify(task.failure)}`).toBeUndefined();
  expect(task.result).not.toHaveProperty('differences');
  for (const image of shown.images) {
    // of an image for several platforms, an engine has its own
    if (shown.images.length > 1 && image.platform !== platform) continue;
    for (const name of product === 'Podman' ? image.referencesOnPodman : image.references) {
      const { RootFS } = await docker.getImage(name).inspect();
      expect(RootFS.Layers ?? [], name).toEqual(image.layers.map(({ diffId }) => diffId));
      expect(task.result).toMatchObject({ loaded: expect.arrayContaining([name]) });
    }
  }
  return shown;
}
