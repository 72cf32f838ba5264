import { shortDigest } from '../../foundation/formats/digest.ts';
import { RefusedArchive } from '../../foundation/formats/refused-archive.ts';
import { Repository } from '../../foundation/registries/repository.ts';
import type { ContentBlob } from './image-content.ts';

/** Whether a blob is in another repository of the registry, from where it is mounted. One whose bytes are nowhere else is looked for there. */
export async function canBeMounted({ at, isOnlyThere, ...blob }: ContentBlob, target: Repository, signal: AbortSignal): Promise<boolean> {
  const { client } = target;
  if (at?.registry !== client.registry) return false;
  return !isOnlyThere || new Repository(client, at.repository).hasBlob(blob, signal);
}

/** Rejects, before anything is sent, if the registry lacks a blob whose bytes are nowhere else. */
export async function requireOnlyThere(blobs: readonly ContentBlob[], target: Repository, signal: AbortSignal): Promise<void> {
  for (const blob of blobs) {
    if (!blob.isOnlyThere) continue;
    if (!(await target.hasBlob(blob, signal)) && !(await canBeMounted(blob, target, signal))) throw lacksIt(blob.digest);
  }
}

/** For a file that was packed for another registry than the one it goes to. */
export const lacksIt = (digest: string): RefusedArchive =>
  new RefusedArchive(
    'The file was packed for another registry',
    `It leaves out a layer (${shortDigest(digest)}) that this registry doesn’t have. Have the images saved again with a receipt of this registry, or whole.`,
  );
