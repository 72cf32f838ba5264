import type Docker from 'dockerode';
import type { Engine } from '../../../foundation/engine/open-engine.ts';
import { collectorLabel } from '../recognise-registry.ts';
import { folderNotSeen } from './folder-failures.ts';
import { folderInside, folderMount, withoutLabels } from './own-storage.ts';
import { withMark } from './registry-folder.ts';

/**
 * Throws unless a container finds in a folder what Layerdeck puts there: the engine's computer may be another one, or a virtual machine that has
 * a folder of the same name, which Podman even makes. The container is never started.
 */
export async function checkEngineSees(engine: Engine, image: string, path: string): Promise<void> {
  const container = await create(engine, image, path);
  try {
    await withMark(path, async (name) => {
      if (!(await has(container, `${folderInside}/${name ?? 'registry'}`))) throw folderNotSeen(path);
    });
  } finally {
    // with the volume that its image asks for
    await container.remove({ force: true, v: true }).catch(() => {}); // the next collector removes it
  }
}

async function create({ docker }: Engine, image: string, path: string): Promise<Docker.Container> {
  try {
    const HostConfig = { NetworkMode: 'none', Mounts: [folderMount(path)], ...withoutLabels };
    return await docker.createContainer({ Image: image, Labels: { [collectorLabel]: 'sees' }, HostConfig });
  } catch (error) {
    if (isAboutFolder(error)) throw folderNotSeen(path, error);
    throw error;
  }
}

/** Docker, Docker Desktop and Podman about a folder that their computer doesn't have or share. */
export const isAboutFolder = (error: unknown): boolean =>
  /bind source path does not exist|mounts denied|is not shared from|statfs .*: no such file|error while creating mount source path|failed to fulfil mount request|error mounting/i.test(
    String(error),
  );

async function has(container: Docker.Container, path: string): Promise<boolean> {
  try {
    await container.infoArchive({ path });
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}
