import { Readable } from 'node:stream';
import type { RestorePart, RestoreResult } from '../../../../contract/registry-backup.ts';
import { toFailure } from '../../../foundation/failures/failure.ts';
import type { ImageManifest } from '../../../foundation/formats/manifest.ts';
import { inParallel } from '../../../foundation/progress/in-parallel.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { uploadBlob } from '../../../foundation/registries/blobs/upload-blob.ts';
import { withRetries } from '../../../foundation/registries/blobs/with-retries.ts';
import { type Access, withRegistry } from '../../../foundation/registries/open-repository.ts';
import { enterReferrer } from '../../../foundation/registries/referrers.ts';
import { Repository } from '../../../foundation/registries/repository.ts';
import { damagedBlob, isMissing } from './backup-words.ts';
import { type Entry, ReadBackup, type ReadManifest } from './read-backup.ts';
import { endsAll } from './walk-repository.ts';

/** How many names are asked about, and blobs sent, at the same time. */
const atOnce = { names: 200, blobs: 3 };

type Order = { path: string; registry: string };

/** What a backup would bring to a registry: which names are new, the same, or would move. Changes nothing. */
export async function* previewRestore({ path, registry }: Order, access: Access, signal?: AbortSignal): AsyncGenerator<RestorePart> {
  // only the names are needed, and a preview may be left open
  const backup = await ReadBackup.with(path, async (read) => read, signal);
  const named = backup.entries.filter(({ tag }) => tag !== undefined);
  const counts = { fresh: 0, same: 0 };
  const moves: string[] = [];
  for (let at = 0; at < named.length; at += atOnce.names) {
    yield { kind: 'reading', done: at, total: named.length };
    const some = named.slice(at, at + atOnce.names);
    const leads = await withRegistry(
      registry,
      access,
      (client) =>
        Promise.all(
          some.map(({ repository, tag = '' }) =>
            withRetries(() => new Repository(client, repository).findDigest(tag, signal), { signal: signal ?? never }),
          ),
        ),
      { signal },
    );
    for (const [index, lead] of leads.entries()) {
      const entry = some[index];
      if (lead === undefined) counts.fresh += 1;
      else if (lead === entry?.digest) counts.same += 1;
      else if (entry) moves.push(nameOf(entry));
    }
  }
  const repositories = new Set(backup.entries.map(({ repository }) => repository)).size;
  yield { kind: 'preview', from: backup.registry, repositories, bytes: backup.size, ...counts, moves };
}

const never = new AbortController().signal;
const nameOf = ({ repository, tag, digest }: Entry): string => (tag === undefined ? `${repository}@${digest}` : `${repository}:${tag}`);

/**
 * Puts what is in a backup into a registry, byte for byte: blobs, then images, then lists, then names. What is there already isn't sent, so that a
 * restore that was stopped is gone on with. A name that leads to something else moves only if the person saw that.
 */
export async function restore(
  { path, registry, moving }: Order & { moving: string[] },
  access: Access,
  context: OperationContext,
): Promise<RestoreResult> {
  const { signal, report } = context;
  report({ phase: 'reading' });
  return ReadBackup.with(
    path,
    (backup) =>
      withRegistry(
        registry,
        access,
        async (client) => {
          const byRepository = Map.groupBy(backup.entries, ({ repository }) => repository);
          const run = new Restore(backup, context, new Set(moving));
          for (const [name, entries] of byRepository) await run.repository(new Repository(client, name), entries);
          return { registry, repositories: byRepository.size, ...run.result };
        },
        { signal },
      ),
    signal,
  );
}

class Restore {
  readonly #backup: ReadBackup;
  readonly #context: OperationContext;
  readonly #moving: ReadonlySet<string>;
  /** Where a blob was put: other repositories take it from there. */
  readonly #placed = new Map<string, string>();
  readonly result: Omit<RestoreResult, 'registry' | 'repositories'> = {
    tags: 0,
    same: 0,
    sentBytes: 0,
    moved: [],
    stayed: [],
    leftOut: [],
  };
  #done = 0;

  constructor(backup: ReadBackup, context: OperationContext, moving: ReadonlySet<string>) {
    this.#backup = backup;
    this.#context = context;
    this.#moving = moving;
  }

  async repository(repository: Repository, entries: Entry[]): Promise<void> {
    const seen = new Set<string>();
    for (const entry of entries) {
      this.#context.signal.throwIfAborted();
      try {
        await this.#entry(repository, entry, seen);
      } catch (error) {
        this.#context.signal.throwIfAborted();
        if (endsAll(error)) throw error;
        this.result.leftOut.push({ name: nameOf(entry), failure: toFailure(error) });
      }
      this.#done += 1;
      this.#report();
    }
  }

  async #entry(repository: Repository, entry: Entry, seen: Set<string>): Promise<void> {
    const { signal, log } = this.#context;
    const { tag, digest } = entry;
    if (tag === undefined) return this.#attached(repository, digest, seen);
    const name = nameOf(entry);
    const now = await this.#ask(() => repository.findDigest(tag, signal));
    if (now !== undefined && now !== digest && !this.#moving.has(name)) {
      this.result.stayed.push(name);
      return;
    }
    // a list that is there may lack what a restore that was stopped had not sent
    const found = await this.#manifest(repository, digest, seen);
    if (now === digest) {
      this.result.same += 1;
      return;
    }
    await this.#ask(() => repository.putManifest(tag, found, signal));
    this.result.tags += 1;
    if (now !== undefined) this.result.moved.push({ name, from: now, to: digest });
    log(`${name} is ${digest}`);
  }

  /** Puts what a registry listed by itself as being about something; another registry may want to be told. */
  async #attached(repository: Repository, digest: string, seen: Set<string>): Promise<void> {
    const { signal } = this.#context;
    const found = await this.#manifest(repository, digest, seen);
    const subject = 'subject' in found.manifest ? found.manifest.subject : undefined;
    if (!subject) return;
    const isListed = await this.#ask(() => repository.putManifest(digest, found, signal));
    if (!isListed) await this.#ask(() => enterReferrer(repository, subject, found, signal));
  }

  /** Puts a manifest with all that it names, those first. */
  async #manifest(repository: Repository, digest: string, seen: Set<string>): Promise<ReadManifest> {
    const { signal } = this.#context;
    const found = await this.#backup.manifest(digest);
    if (!found) throw isMissing(digest.slice(0, 19));
    if (seen.has(digest)) return found;
    const { manifest } = found;
    if (manifest.kind === 'image') await this.#blobs(repository, manifest);
    // what the registry lacked when it was backed up is named there
    else
      for (const one of manifest.manifests)
        if (this.#backup.sizeOf(one.digest) !== undefined) await this.#manifest(repository, one.digest, seen);
    if (!(await this.#ask(() => repository.hasManifest(digest, signal))))
      await this.#ask(() => repository.putManifest(digest, found, signal));
    seen.add(digest);
    return found;
  }

  async #blobs(repository: Repository, { config, layers }: ImageManifest): Promise<void> {
    const wanted = [config, ...layers.filter(({ urls }) => !urls?.length)];
    const unique = [...new Map(wanted.map((blob) => [blob.digest, blob])).values()];
    await inParallel(unique, atOnce.blobs, ({ digest }) => this.#blob(repository, digest));
  }

  async #blob(repository: Repository, digest: string): Promise<void> {
    const { signal, log } = this.#context;
    signal.throwIfAborted();
    const size = this.#backup.sizeOf(digest);
    if (size === undefined) throw damagedBlob(digest);
    if (!(await this.#ask(() => repository.hasBlob({ digest, size }, signal)))) {
      const before = this.result.sentBytes;
      let own = 0;
      const onBytes = (done: number) => {
        this.result.sentBytes += done - own;
        own = done;
        this.#report();
      };
      const open = async (from: number, until: AbortSignal) => Readable.from(this.#backup.read(digest, from, until), { objectMode: false });
      const from = this.#placed.get(digest);
      const how = await uploadBlob(repository, { digest, size, open }, { signal, onBytes, onWait: () => {}, mountFrom: from });
      log(`${repository.name}: ${digest} ${how}`);
      if (how === 'mounted') this.result.sentBytes = before;
    }
    this.#placed.set(digest, repository.name);
  }

  #ask<T>(ask: () => Promise<T>): Promise<T> {
    return withRetries(ask, { signal: this.#context.signal });
  }

  #report(): void {
    const fraction = this.#done / Math.max(1, this.#backup.entries.length);
    this.#context.report({ phase: 'uploading', fraction, bytes: { done: this.result.sentBytes } });
  }
}
