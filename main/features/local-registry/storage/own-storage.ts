import { join } from 'node:path';
import type Docker from 'dockerode';
import { settingsVolume, volume } from '../own-volume.ts';
import { inside } from '../registry-login.ts';
import { type S3Settings, s3Label, whereOf } from './s3/s3-settings.ts';

/** Where the own registry keeps its images: in its volume, in a folder of the person's, or in S3-compatible storage. */
export type OwnStorage = { kind: 'volume' } | { kind: 'folder'; path: string } | { kind: 's3'; s3: S3Settings };

/** Says the folder on a container, as the person knows it: an engine in a virtual machine tells another path. */
export const folderLabel = 'app.layerdeck.registry.folder';

/** The folder of a registry in which its program keeps everything. Nothing else that the person has there is seen by the container. */
export const ownFolder = 'docker';
/** Where that is in a container. */
export const folderInside = `${inside}/${ownFolder}`;

/** The volume of a registry: with its images, or only with who may sign in, which doesn't travel with them. */
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

export function storageLabels(storage: OwnStorage): Record<string, string> {
  if (storage.kind === 'folder') return { [folderLabel]: storage.path };
  return storage.kind === 's3' ? { [s3Label]: whereOf(storage.s3) } : {};
}

/** What is remembered of it, so that a registry without a container isn't started without its images; undefined if they are in its volume. */
export function keptOf(storage: OwnStorage): { folder: string } | { bucket: string } | undefined {
  if (storage.kind === 'folder') return { folder: storage.path };
  return storage.kind === 's3' ? { bucket: whereOf(storage.s3) } : undefined;
}
