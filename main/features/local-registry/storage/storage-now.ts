import type Docker from 'dockerode';
import type { LocalRegistry } from '../../../../contract/registry.ts';
import { startContainer, stopContainer } from '../../../foundation/engine/containers/container-life.ts';
import type { OwnStorage } from './own-storage.ts';
import { s3Forgotten } from './s3/s3-failures.ts';
import { readS3 } from './s3/s3-settings.ts';

/** Seconds that a registry has to finish what it does. */
const patience = 5;

/**
 * Where the own registry keeps its images, or did when it had a container; undefined for S3-compatible storage, of which only its container knows the keys.
 * Throws the failure to show if they are there and it has none.
 */
export function placeNow(registry: LocalRegistry): OwnStorage | undefined {
  if (registry.state === 'absent') {
    if (registry.kept?.bucket !== undefined) throw s3Forgotten(registry.kept.bucket);
    return registry.kept?.folder === undefined ? { kind: 'volume' } : { kind: 'folder', path: registry.kept.folder };
  }
  if (!('storage' in registry)) return { kind: 'volume' };
  if (registry.storage.kind === 'folder') return { kind: 'folder', path: registry.storage.path };
  return registry.storage.kind === 'elsewhere' ? undefined : { kind: 'volume' };
}

/** The S3-compatible storage of a registry that is about to be replaced. Its container is stopped: of one that runs, Podman may send another file of that name. */
export async function s3Now(docker: Docker, containerId: string): Promise<OwnStorage> {
  const container = docker.getContainer(containerId);
  await stopContainer(container, patience);
  const s3 = await readS3(docker, container).catch(() => undefined);
  if (s3) return { kind: 's3', s3 };
  await startContainer(container);
  throw s3Forgotten('the storage that it uses');
}
