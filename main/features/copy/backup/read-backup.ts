import { type FileHandle, open } from 'node:fs/promises';
import * as z from 'zod';
import { tag as tagForm } from '../../../../contract/grammar.ts';
import { RepositoryPath } from '../../../../contract/registry-browse.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { DigestCheck } from '../../../foundation/formats/digest.ts';
import { Digest, type ImageIndex, type ImageManifest, mediaTypes, parseManifest } from '../../../foundation/formats/manifest.ts';
import { readAsGo } from '../../../foundation/formats/read-as-go.ts';
import type { ManifestBytes } from '../image-content.ts';
import { damagedBlob, noBackup } from './backup-words.ts';
import { bytesOf, digestOfPath, type TarFile, tarFiles } from './tar-entries.ts';

/** The most bytes of a manifest, and of the list of all names. */
const longestManifest = 4 * 1024 * 1024;
const longestIndex = 256 * 1024 * 1024;
/** The most blobs that are looked for in a file. */
const mostBlobs = 2_000_000;

/** What a backup has under a name, or without one because it is about something else. */
export type Entry = { repository: string; tag?: string; digest: string };
export type ReadManifest = ManifestBytes & { manifest: ImageManifest | ImageIndex };

const Index = z.object({
  manifests: z
    .array(z.object({ digest: Digest, annotations: z.record(z.string(), z.string()).default({}) }))
    .max(500_000)
    .default([]),
});

/** A backup that is read: a file that anybody may have changed, so that all that comes from it is checked. */
export class ReadBackup {
  readonly #handle: FileHandle;
  readonly #blobs = new Map<string, Pick<TarFile, 'offset' | 'size'>>();
  readonly registry: string;
  readonly entries: Entry[];
  readonly size: number;

  private constructor(
    handle: FileHandle,
    blobs: Map<string, Pick<TarFile, 'offset' | 'size'>>,
    named: { registry: string; entries: Entry[]; size: number },
  ) {
    this.#handle = handle;
    this.#blobs = blobs;
    this.registry = named.registry;
    this.entries = named.entries;
    this.size = named.size;
  }

  /** Passes an opened backup to `use`, and closes it at the end. Rejects if the file is none. */
  static async with<T>(path: string, use: (backup: ReadBackup) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const backup = await ReadBackup.open(path, signal);
    try {
      return await use(backup);
    } finally {
      await backup.close();
    }
  }

  static async open(path: string, signal?: AbortSignal): Promise<ReadBackup> {
    const handle = await open(path, 'r');
    try {
      const blobs = new Map<string, Pick<TarFile, 'offset' | 'size'>>();
      let index: TarFile | undefined;
      for await (const file of tarFiles(handle)) {
        signal?.throwIfAborted();
        const digest = digestOfPath(file.name);
        if (digest !== undefined && blobs.size < mostBlobs) blobs.set(digest, { offset: file.offset, size: file.size });
        if (file.name === 'index.json') index = file;
      }
      if (!index || index.size > longestIndex) throw new FailureError(noBackup);
      const { size } = await handle.stat();
      return new ReadBackup(handle, blobs, { ...namesIn(await whole(handle, index)), size });
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  sizeOf(digest: string): number | undefined {
    return this.#blobs.get(digest)?.size;
  }

  /** A manifest, checked by its digest; undefined if the file doesn't have it. */
  async manifest(digest: string): Promise<ReadManifest | undefined> {
    const at = this.#blobs.get(digest);
    if (!at) return undefined;
    if (at.size > longestManifest) throw damagedBlob(digest);
    const bytes = await whole(this.#handle, at);
    const check = new DigestCheck(digest);
    check.update(bytes);
    if (!check.isRight) throw damagedBlob(digest);
    const manifest = parseManifest(bytes.toString('utf8'));
    const usual = manifest.kind === 'index' ? mediaTypes.index : mediaTypes.image;
    return { digest, bytes, mediaType: manifest.mediaType ?? usual, manifest };
  }

  /** A blob's bytes from a position. Read from the beginning, the last ones come only once all are known to be right. */
  async *read(digest: string, from: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    const at = this.#blobs.get(digest);
    if (!at) throw damagedBlob(digest);
    const check = from === 0 ? new DigestCheck(digest) : undefined;
    let held: Buffer | undefined;
    for await (const bytes of bytesOf(this.#handle, { offset: at.offset + from, size: at.size - from })) {
      signal.throwIfAborted();
      check?.update(bytes);
      if (held) yield held;
      held = bytes;
    }
    if (check && !check.isRight) throw damagedBlob(digest);
    if (held) yield held;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

async function whole(handle: FileHandle, { offset, size }: Pick<TarFile, 'offset' | 'size'>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of bytesOf(handle, { offset, size })) parts.push(part);
  return Buffer.concat(parts);
}

function namesIn(text: Buffer): { registry: string; entries: Entry[] } {
  const read = Index.safeParse(parsed(text.toString('utf8')));
  if (!read.success) throw new FailureError(noBackup);
  const entries = read.data.manifests.flatMap(({ digest, annotations }): Entry[] => {
    const repository = RepositoryPath.safeParse(annotations['app.layerdeck.repository']);
    const tag = annotations['app.layerdeck.tag'];
    if (!repository.success || (tag !== undefined && !tagForm.test(tag))) return [];
    return [{ repository: repository.data, digest, ...(tag !== undefined && { tag }) }];
  });
  if (entries.length === 0) throw new FailureError(noBackup);
  const from = read.data.manifests[0]?.annotations['app.layerdeck.registry'] ?? '';
  return { registry: from.slice(0, 255), entries };
}

function parsed(text: string): unknown {
  try {
    return readAsGo(text);
  } catch {
    return undefined;
  }
}
