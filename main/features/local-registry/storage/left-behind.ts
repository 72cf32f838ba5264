import type { LocalRegistry } from '../../../../contract/registry.ts';
import { readVolumeLabels, readVolumeSize } from '../../../foundation/engine/answers/volume-answers.ts';
import { nameOf } from '../../../foundation/engine/containers/free-port.ts';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { removeCollectors } from '../collect/beside-registry.ts';
import { inspectRegistry } from '../inspect-registries.ts';
import { volume } from '../own-volume.ts';
import type { RegistryBook } from '../registry-book.ts';
import { imagesInUse, notThere } from '../registry-failures.ts';
import { otherUsers } from '../users-of-files.ts';

const left = { kind: 'volume' as const, name: volume, isNamed: true };

/** What the own registry left in its volume when its images went elsewhere, with the bytes that it takes; undefined if there is nothing, or it still uses it. */
export async function leftBehind(engine: Engine, registry: LocalRegistry): Promise<{ bytes?: number } | undefined> {
  if (!isElsewhere(registry) || !(await readVolumeLabels(engine, volume))) return undefined;
  const bytes = await readVolumeSize(engine, volume);
  return bytes === undefined ? {} : { bytes };
}

/** Removes that. Rejects with the failure to show if the registry, or anybody else, uses it by now. */
export async function removeLeftBehind(engine: Engine, book: RegistryBook): Promise<void> {
  if (!isElsewhere(await inspectRegistry(engine, book))) throw notThere();
  await removeCollectors(engine);
  const [other] = await otherUsers(engine, left, undefined);
  if (other) throw imagesInUse(nameOf(other));
  await engine.docker.getVolume(volume).remove();
}

/** It has a container, so that it is known where its images are now. */
const isElsewhere = (registry: LocalRegistry): boolean =>
  'storage' in registry && registry.maker === 'layerdeck' && (registry.storage.kind === 'folder' || registry.storage.kind === 'elsewhere');
