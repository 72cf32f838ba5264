import { join } from 'node:path';
import type Docker from 'dockerode';
import type { LocalRegistry } from '../../../../contract/registry.ts';
import { settingsVolume, volume } from '../own-volume.ts';
import { inside } from '../registry-login.ts';

/** Where the own registry keeps its images: in its volume, or in a folder of the person's. */
export type OwnStorage = { kind: 'volume' } | { kind: 'folder'; path: string };

/** Says the folder on a container, as the person knows it: an engine in a virtual machine tells another path. */
export const folderLabel = 'app.layerdeck.registry.folder';

/** The folder of a registry in which its program keeps everything. Nothing else that the person has there is seen by the container. */
export const ownFolder = 'docker';
/** Where that is in a container. */
export const folderInside = `${inside}/${ownFolder}`;

/** The volume of a registry: with its images, or only with who may sign in, which doesn't travel with a folder. */
export const volumeOf = ({ kind }: OwnStorage): string => (kind === 'volume' ? volume : settingsVolume);

type Settings = Pick<Docker.HostConfig, 'Mounts' | 'SecurityOpt'>;

/** What a container is made with for it. The engine makes no folder that is missing, as it would for a bind. */
export const storageSettings = (storage: OwnStorage): Settings => ({
  Mounts: [
    { Type: 'volume', Source: volumeOf(storage), Target: inside },
    ...(storage.kind === 'folder' ? [folderMount(storage.path)] : []),
  ],
  ...(storage.kind === 'folder' && withoutLabels),
});

export const folderMount = (path: string): Docker.MountSettings => ({ Type: 'bind', Source: join(path, ownFolder), Target: folderInside });

/** Where SELinux rules, a container reads a folder only without a label of its own; to label the person's folder anew would change it for others. */
export const withoutLabels = { SecurityOpt: ['label=disable'] };

export const storageLabels = (storage: OwnStorage): Record<string, string> =>
  storage.kind === 'folder' ? { [folderLabel]: storage.path } : {};

/** Where a registry is that was there before; undefined if there was none, or it is nobody's business here. */
export function storageBefore(before: LocalRegistry): OwnStorage | undefined {
  if (before.state === 'absent') return before.kept?.folder === undefined ? undefined : { kind: 'folder', path: before.kept.folder };
  if (!('storage' in before)) return undefined;
  return before.storage.kind === 'folder' ? { kind: 'folder', path: before.storage.path } : undefined;
}
