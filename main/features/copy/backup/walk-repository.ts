import type { LeftOut } from '../../../../contract/registry-backup.ts';
import { toFailure } from '../../../foundation/failures/failure.ts';
import { type ImageManifest, mediaTypes, parseManifest } from '../../../foundation/formats/manifest.ts';
import { inParallel } from '../../../foundation/progress/in-parallel.ts';
import { withRetries } from '../../../foundation/registries/blobs/with-retries.ts';
import { RegistryError } from '../../../foundation/registries/errors/registry-error.ts';
import { askReferrers } from '../../../foundation/registries/referrers.ts';
import type { Repository } from '../../../foundation/registries/repository.ts';
import type { BackupFile } from './backup-file.ts';
import { foreign, isMissing, noTags, tooMany } from './backup-words.ts';

/** How many tags are read at the same time; the pace of the host says how many requests. */
const atOnce = 6;
/** The most tags of a repository that are read. */
const mostTags = 100_000;

/** What a repository has under a name, or untagged because it is about something else. */
export type Root = { repository: string; tag?: string; digest: string; mediaType: string; size: number };
export type WantedBlob = { size: number; repository: Repository };

/** What a backup has found so far. Holds digests and no bytes, so that it stays small for any registry. */
export type Found = {
  roots: Root[];
  blobs: Map<string, WantedBlob>;
  manifests: Set<string>;
  leftOut: LeftOut[];
  fetched: number;
  knowsReferrers: boolean;
};

/** Puts every manifest of a repository into the backup: those of its tags, of their lists, and what is about them. Rejects if the registry has gone. */
export async function walkRepository(
  repository: Repository,
  file: BackupFile,
  found: Found,
  signal: AbortSignal,
  onTag: (done: number, total: number) => void,
): Promise<void> {
  const walk = new Walk(repository, file, found, signal);
  const tags = await withRetries(() => listTags(repository, signal), { signal });
  if (tags.length === 0) found.leftOut.push({ name: repository.name, failure: noTags });
  if (tags.length >= mostTags) found.leftOut.push({ name: repository.name, failure: tooMany });
  let done = 0;
  const isFresh = file.blobs === 0;
  await inParallel(tags, atOnce, async (tag) => {
    signal.throwIfAborted();
    await walk.tag(tag, isFresh);
    done += 1;
    onTag(done, tags.length);
  });
}

/** None where the registry has nothing but blobs there, and so says that it knows no such repository. */
const listTags = (repository: Repository, signal: AbortSignal): Promise<string[]> =>
  repository.tags(mostTags, signal).catch((error) => {
    if (error instanceof RegistryError && error.status === 404) return [];
    throw error;
  });

class Walk {
  readonly #repository: Repository;
  readonly #file: BackupFile;
  readonly #found: Found;
  readonly #signal: AbortSignal;
  readonly #seen = new Set<string>();
  /** What the registry itself lists as being about something. */
  readonly #about = new Set<string>();

  constructor(repository: Repository, file: BackupFile, found: Found, signal: AbortSignal) {
    this.#repository = repository;
    this.#file = file;
    this.#found = found;
    this.#signal = signal;
  }

  async tag(tag: string, isFresh: boolean): Promise<void> {
    const name = `${this.#repository.name}:${tag}`;
    await this.#orLeaveOut(name, async () => {
      // of what may be in the file already, only the digest is asked for
      const read = isFresh ? await this.#ask(() => this.#repository.findManifest(tag, this.#signal)) : undefined;
      if (read && !this.#file.has(read.digest)) await this.#keep(read.digest, read.bytes);
      const digest = read?.digest ?? (await this.#ask(() => this.#repository.findDigest(tag, this.#signal)));
      if (digest === undefined) throw isMissing(name);
      await this.#root({ tag }, digest);
    });
  }

  async #root(named: { tag?: string }, digest: string): Promise<void> {
    const bytes = await this.#manifest(digest);
    const { kind, mediaType = kind === 'index' ? mediaTypes.index : mediaTypes.image } = parseManifest(bytes.toString('utf8'));
    this.#found.roots.push({ repository: this.#repository.name, ...named, digest, mediaType, size: bytes.length });
  }

  /** Puts a manifest with all that it names into the backup, and gives its bytes. */
  async #manifest(digest: string): Promise<Buffer> {
    const bytes = this.#file.has(digest) ? await this.#file.read(digest) : await this.#fetch(digest);
    if (this.#seen.has(digest)) return bytes;
    this.#seen.add(digest);
    this.#found.manifests.add(digest);
    const manifest = parseManifest(bytes.toString('utf8'));
    if (manifest.kind === 'image') this.#wantBlobs(digest, manifest);
    else for (const one of manifest.manifests) await this.#orLeaveOut(this.#nameOf(one.digest), () => this.#manifest(one.digest));
    await this.#attached(digest);
    return bytes;
  }

  async #attached(digest: string): Promise<void> {
    if (!this.#found.knowsReferrers) return;
    const listed = await this.#ask(() => askReferrers(this.#repository, digest, this.#signal));
    // a registry without such lists keeps them under tags, which are read as all others are
    if (!listed) this.#found.knowsReferrers = false;
    for (const one of listed ?? []) {
      if (this.#about.has(one.digest)) continue;
      this.#about.add(one.digest);
      await this.#orLeaveOut(this.#nameOf(one.digest), () => this.#root({}, one.digest));
    }
  }

  #wantBlobs(digest: string, { config, layers }: ImageManifest): void {
    for (const { digest: blob, size, urls } of [config, ...layers]) {
      if (urls?.length) this.#found.leftOut.push({ name: this.#nameOf(digest), failure: foreign });
      else if (!this.#found.blobs.has(blob)) this.#found.blobs.set(blob, { size, repository: this.#repository });
    }
  }

  async #fetch(digest: string): Promise<Buffer> {
    const read = await this.#ask(() => this.#repository.findManifest(digest, this.#signal));
    if (!read) throw isMissing(this.#nameOf(digest));
    await this.#keep(digest, read.bytes);
    return read.bytes;
  }

  async #keep(digest: string, bytes: Buffer): Promise<void> {
    await this.#file.add(digest, bytes.length, [bytes]);
    this.#found.fetched += bytes.length;
  }

  #ask<T>(ask: () => Promise<T>): Promise<T> {
    return withRetries(ask, { signal: this.#signal });
  }

  #nameOf = (digest: string): string => `${this.#repository.name}@${digest}`;

  async #orLeaveOut(name: string, read: () => Promise<unknown>): Promise<void> {
    try {
      await read();
    } catch (error) {
      this.#signal.throwIfAborted();
      if (endsAll(error)) throw error;
      this.#found.leftOut.push({ name, failure: toFailure(error) });
    }
  }
}

/** Whether nothing more can be read or written: the registry has gone, or the disk is full. Everything else leaves one thing out. */
export const endsAll = (error: unknown): boolean =>
  error instanceof RegistryError ? error.isPassing : typeof (error as { code?: unknown }).code === 'string';
