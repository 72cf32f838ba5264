import { findImage } from '../../foundation/engine/find-image.ts';
import { keptNameOf } from '../../foundation/engine/kept-names.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { tagImage } from './tag-image.ts';

/** Gives an image without a name a private one, so that pruning leaves it. One that has a name again, or is gone, is left alone. */
export async function keepImage(engine: Engine, id: string, until: number): Promise<void> {
  const found = await findImage(engine, id);
  if (!found || found.RepoTags.length > 0) return;
  const name = keptNameOf(id, until);
  await tagImage(engine, id, name);
  for (const other of found.keptAs) if (other !== name) await engine.docker.getImage(other).remove();
}

/**
 * Takes the private names of an image away. It stays, as it would have without them: because an engine deletes an image with its last name, the
 * name first moves to another image that has names of its own. Without such a one, the private name stays.
 */
export async function letGo(engine: Engine, id: string, named: string | undefined): Promise<void> {
  const found = await findImage(engine, id);
  for (const name of found?.keptAs ?? []) {
    if (found?.RepoTags.length === 0) {
      if (named === undefined) return;
      await tagImage(engine, named, name);
    }
    await engine.docker.getImage(name).remove();
  }
}
