import { rename, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BackupResult } from '../../../../contract/registry-backup.ts';
import { RepositoryPath } from '../../../../contract/registry-browse.ts';
import { FailureError, toFailure } from '../../../foundation/failures/failure.ts';
import { checkSpace } from '../../../foundation/files/check-space.ts';
import { mediaTypes } from '../../../foundation/formats/manifest.ts';
import { inParallel } from '../../../foundation/progress/in-parallel.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { type Access, withRegistry } from '../../../foundation/registries/open-repository.ts';
import { readPages } from '../../../foundation/registries/read-pages.ts';
import type { RegistryClient } from '../../../foundation/registries/registry-client.ts';
import { Repository } from '../../../foundation/registries/repository.ts';
import { readWholeBlob } from '../read-whole-blob.ts';
import { BackupFile, partOf } from './backup-file.ts';
import { diskFilledUp, packedName } from './backup-words.ts';
import { endsAll, type Found, type Root, type WantedBlob, walkRepository } from './walk-repository.ts';

/** How many small blobs are read at the same time, and up to how many bytes they are small. Large ones come one after another. */
const small = { atOnce: 6, bytes: 1024 * 1024 };
/** The most repositories that are read. */
const mostRepositories = 50_000;

type Order = { registry: string; repositories?: string[] | undefined; target: string };

/**
 * Writes repositories of a registry into one file, each blob once and checked by its digest. What was stopped is gone on with the next time: the
 * file has another name until it is whole.
 */
export function backUp({ registry, repositories, target }: Order, access: Access, context: OperationContext): Promise<BackupResult> {
  const { signal, report, log } = context;
  if (/\.(?:gz|tgz|xz|bz2|zst|tzst)$/i.test(target)) throw packedName(basename(target));
  return withRegistry(
    registry,
    access,
    async (client) => {
      report({ phase: 'reading' });
      const names = repositories ?? (await listAll(client, signal));
      const path = partOf(target);
      const file = await BackupFile.open(path, registry, signal, (done, total) => report({ phase: 'reading', bytes: { done, total } }));
      try {
        if (file.blobs > 0) log(`${file.blobs} blobs are in the unfinished file`);
        const found = await write(client, names, file, target, context);
        await rename(path, target);
        return { registry, path: target, bytes: (await stat(target)).size, repositories: names.length, ...found };
      } catch (error) {
        throw isDiskFull(error) ? diskFilledUp(basename(target)) : error;
      } finally {
        await file.close();
      }
    },
    { signal },
  );
}

const isDiskFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(String((error as { code?: unknown }).code));

/** The part of the progress in which names are read; how many bytes there are is known only then. */
const reading = 0.1;

async function write(client: RegistryClient, names: readonly string[], file: BackupFile, target: string, context: OperationContext) {
  const { signal, report, log } = context;
  const found: Found = { roots: [], blobs: new Map(), manifests: new Set(), leftOut: [], fetched: 0, knowsReferrers: true };
  for (const [at, name] of names.entries()) {
    const onTag = (done: number, of: number) => report({ phase: 'comparing', fraction: (reading * (at + done / of)) / names.length });
    await orLeaveOut(name, found, signal, () => walkRepository(new Repository(client, name), file, found, signal, onTag));
    log(`${name}: read`);
  }
  const [first] = found.leftOut;
  // a file with nothing in it is no backup
  if (found.roots.length === 0 && first) throw new FailureError(first.failure);
  await fetchBlobs(found, file, target, context);
  // answers come in any order, and a file should not depend on it
  const manifests = found.roots.sort(byName).map((root) => entryOf(client.registry, root));
  await file.finish(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }));
  for (const { name, failure } of found.leftOut) log(`${name} is left out: ${failure.title}`, { isError: true });
  return {
    tags: found.roots.filter(({ tag }) => tag !== undefined).length,
    manifests: found.manifests.size,
    blobs: found.blobs.size,
    fetchedBytes: found.fetched,
    leftOut: found.leftOut,
  };
}

async function listAll(client: RegistryClient, signal: AbortSignal): Promise<string[]> {
  const pages = { url: '/v2/_catalog?n=1000', member: 'repositories', scopes: ['registry:catalog:*'], most: mostRepositories, signal };
  return (await readPages(client, pages)).filter((name) => RepositoryPath.safeParse(name).success);
}

async function fetchBlobs(found: Found, file: BackupFile, target: string, { signal, report, log }: OperationContext): Promise<void> {
  const missing = [...found.blobs].filter(([digest]) => !file.has(digest));
  const total = missing.reduce((sum, [, { size }]) => sum + size, 0);
  // the names and what they lead to are in the unfinished file
  await checkSpace(target, total, '');
  let done = 0;
  const fetch = async ([digest, { size, repository }]: [string, WantedBlob], isWhole: boolean) =>
    orLeaveOut(`${repository.name}@${digest}`, found, signal, async () => {
      signal.throwIfAborted();
      let own = 0;
      const onBytes = (now: number) => {
        done += now - own;
        own = now;
        const bytes = Math.min(done, total);
        report({ phase: 'copying', fraction: reading + ((1 - reading) * bytes) / Math.max(1, total), bytes: { done: bytes, total } });
      };
      const open = (from: number, until: AbortSignal) => repository.readBlob(digest, from, until);
      const at = { registry: repository.client.registry, repository: repository.name };
      const blob = { digest, size, at, open, kind: 'layer' as const, mediaType: '' };
      const bytes = readWholeBlob(blob, { signal, onWait: () => {}, onBytes });
      // a small one is read beside others, before its turn to be written comes
      await file.add(digest, size, isWhole ? await allOf(bytes) : bytes);
      found.fetched += size;
      log(`${digest}: ${size} bytes`);
    });
  const [large, little] = [missing.filter(([, { size }]) => size > small.bytes), missing.filter(([, { size }]) => size <= small.bytes)];
  await inParallel(little, small.atOnce, (one) => fetch(one, true));
  for (const one of large) await fetch(one, false);
  report({ phase: 'finishing' });
}

async function allOf(bytes: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const all: Buffer[] = [];
  for await (const part of bytes) all.push(part);
  return all;
}

async function orLeaveOut(name: string, { leftOut }: Found, signal: AbortSignal, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    signal.throwIfAborted();
    if (endsAll(error)) throw error;
    leftOut.push({ name, failure: toFailure(error) });
  }
}

const byName = (one: Root, other: Root): number => (keyOf(one) < keyOf(other) ? -1 : 1);
const keyOf = ({ repository, tag = '', digest }: Root): string => `${repository}:${tag} ${digest}`;

/** The whole name is in both annotations, as one tag may be in many repositories; Layerdeck's own say it in parts. */
function entryOf(registry: string, { repository, tag, digest, mediaType, size }: Root) {
  const name = `${registry}/${repository}:${tag}`;
  const annotations = {
    'app.layerdeck.registry': registry,
    'app.layerdeck.repository': repository,
    ...(tag !== undefined && { 'app.layerdeck.tag': tag, 'org.opencontainers.image.ref.name': name, 'io.containerd.image.name': name }),
  };
  return { mediaType, digest, size, annotations };
}
