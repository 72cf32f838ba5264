import { join } from 'node:path';
import type { LocalRegistry, RegistryContainer } from '../../../contract/registry.ts';
import { inspectContainer, type ListedContainer, readContainerList } from '../../foundation/engine/answers/container-answers.ts';
import { nameOf } from '../../foundation/engine/containers/free-port.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { collectorLabel } from './recognise-registry.ts';
import { filesInUse } from './registry-failures.ts';
import { ownFolder } from './storage/own-storage.ts';

/** The other containers that have a volume, or a folder of this computer, running or not; those that only tidy a registry's files are left out. */
export async function otherUsers(
  engine: Engine,
  storage: RegistryContainer['storage'],
  own: string | undefined,
): Promise<ListedContainer[]> {
  if (storage.kind !== 'volume' && storage.kind !== 'folder') return [];
  // Podman finds no folders by this filter
  const listed = await readContainerList(engine, storage.kind === 'volume' ? { volume: [storage.name] } : {});
  const others = listed.filter(({ Id, Labels }) => Id !== own && Labels[collectorLabel] === undefined);
  if (storage.kind === 'volume') return others;
  const found = others.map(async (one) => ((await hasFolder(engine, one.Id, storage.path)) ? [one] : []));
  return (await Promise.all(found)).flat();
}

/** Throws if another container runs on the files of a registry: what it has not finished writing, a collector takes for unused. */
export async function checkNobodyElseRuns(
  engine: Engine,
  { containerId, storage }: Extract<LocalRegistry, { state: 'running' }>,
): Promise<void> {
  const other = (await otherUsers(engine, storage, containerId)).find(({ State }) => State === 'running');
  if (other) throw filesInUse(nameOf(other));
}

async function hasFolder(engine: Engine, container: string, path: string): Promise<boolean> {
  try {
    return (await inspectContainer(engine, container)).Mounts.some(({ Source }) => Source === path || Source === join(path, ownFolder));
  } catch (error) {
    // it went away meanwhile
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}
