import type { Engine } from '../../../tools/engine/engine.ts';
import { makeRandomImage } from '../random-image.ts';
import { imageId } from './read-engine.ts';

/** Writes an archive of a new image that the engine then no longer has; gives the image's id. */
export async function writeArchive(engine: Engine, reference: string, path: string, bytes = 2_000_000): Promise<string> {
  await makeRandomImage(engine.host, reference, bytes);
  const id = await imageId(engine, reference);
  await engine.docker(['save', '--output', path, reference]);
  await engine.docker(['rmi', reference]);
  return id;
}
