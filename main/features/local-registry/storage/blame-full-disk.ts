import { statfs } from 'node:fs/promises';
import type { LocalRegistry } from '../../../../contract/registry.ts';
import { toFailure } from '../../../foundation/failures/failure.ts';
import { folderIsFull } from './folder-failures.ts';

/** Bytes below which a disk counts as full: what was begun and didn't fit may be gone again. */
const asGoodAsFull = 64 * 1024 * 1024;

/** What a push to a registry rejects with: distribution says of a full disk only that it had an error of its own, so that the folder with its images is looked at. */
export async function blameFullDisk<T>(registry: LocalRegistry, push: Promise<T>): Promise<T> {
  try {
    return await push;
  } catch (error) {
    if (!('storage' in registry) || registry.storage.kind !== 'folder' || toFailure(error).kind !== 'registry-refused') throw error;
    const { path } = registry.storage;
    const disk = await statfs(path).catch(() => undefined);
    throw disk && disk.blocks > 0 && disk.bavail * disk.bsize < asGoodAsFull ? folderIsFull(path, error) : error;
  }
}
