import { inParallel } from '../../../foundation/progress/in-parallel.ts';
import type { FoundManifest, Repository } from '../../../foundation/registries/repository.ts';

/** A repository's images: those that are needed, each with all that it consists of, and those that nothing leads to. */
export type RepositoryCensus = {
  repository: string;
  kept: Needed[];
  unneeded: Needed[];
  /** Manifests that can't be read: they stay, and of what belongs to them nothing is known. */
  unreadable: string[];
};

/** A manifest with the blobs that it names; `size` in bytes. */
export type Needed = { digest: string; isList: boolean; blobs: { digest: string; size: number }[] };

/** How many requests wait for an answer: as many as the pace of a host lets through. */
export const atOnce = 6;
/** More tags than people give a repository. */
const mostTags = 100_000;

/**
 * What a repository needs: what its tags lead to, directly or by way of a list, and what is attached to that. `manifests`: all that it has, but
 * for those that are `known` to be needed. The registry's own collector knows only tags: with --delete-untagged, version 2 takes the images of
 * a list for unneeded.
 */
export async function findUnneeded(
  repository: Repository,
  manifests: ReadonlySet<string>,
  signal: AbortSignal,
  known: ReadonlySet<string> = new Set(),
): Promise<RepositoryCensus> {
  const read = new Map<string, FoundManifest>();
  const unreadable: string[] = [];
  const readOne = async (digest: string): Promise<FoundManifest | undefined> => {
    const found = await repository.findManifest(digest, signal).catch(() => {
      signal.throwIfAborted();
      unreadable.push(digest);
      return undefined;
    });
    if (found) read.set(digest, found);
    return found;
  };
  await inParallel([...manifests], atOnce, readOne);
  const tags = await repository.tags(mostTags, signal).catch(noTags);
  const roots = new Set<string>();
  await inParallel(tags, atOnce, async (tag) => {
    const digest = await repository.findDigest(tag, signal);
    if (digest !== undefined) roots.add(digest);
  });
  // somebody may push meanwhile: a list that came after its images leads to them as well
  const waiting = [...roots];
  for (let digest = waiting.pop(); digest !== undefined; digest = waiting.pop()) {
    if (manifests.has(digest) || known.has(digest) || read.has(digest)) continue;
    const found = await readOne(digest);
    if (found?.manifest.kind === 'index') waiting.push(...found.manifest.manifests.map((one) => one.digest));
  }
  // where there are more tags than were read, nobody knows what those lead to
  const needed = tags.length < mostTags ? neededFrom(roots, read, unreadable) : new Set(read.keys());
  // answers come in any order
  const all = [...read.keys()]
    .sort()
    .flatMap((digest) => read.get(digest) ?? [])
    .map(describe);
  return {
    repository: repository.name,
    kept: all.filter(({ digest }) => needed.has(digest)),
    unneeded: all.filter(({ digest }) => !needed.has(digest)),
    unreadable,
  };
}

/** Those of a repository's unneeded images that nothing leads to now either: since it was looked at, they may have got a tag, or a list. */
export async function stillUnneeded(repository: Repository, census: RepositoryCensus, signal: AbortSignal): Promise<Needed[]> {
  const digests = (images: readonly Needed[]) => new Set(images.map(({ digest }) => digest));
  const now = await findUnneeded(repository, digests(census.unneeded), signal, digests(census.kept));
  const still = digests(now.unneeded);
  return census.unneeded.filter(({ digest }) => still.has(digest));
}

/** All manifests that one gets to from these: down through lists, and to what says that it is about one of them. Pure. */
export function neededFrom(
  roots: ReadonlySet<string>,
  read: ReadonlyMap<string, Pick<FoundManifest, 'manifest' | 'bytes'>>,
  unreadable: readonly string[],
): Set<string> {
  // what an unreadable list leads to is unknown: then nothing may go
  if (unreadable.length > 0) return new Set(read.keys());
  const attached = Map.groupBy([...read.keys()], (digest) => subjectOf(read.get(digest)?.bytes));
  const needed = new Set<string>();
  const waiting = [...roots];
  for (let digest = waiting.pop(); digest !== undefined; digest = waiting.pop()) {
    if (needed.has(digest)) continue;
    needed.add(digest);
    const manifest = read.get(digest)?.manifest;
    if (manifest?.kind === 'index') waiting.push(...manifest.manifests.map((one) => one.digest));
    waiting.push(...(attached.get(digest) ?? []));
  }
  return needed;
}

// an image or a list says by its subject what it is about
function subjectOf(bytes: Buffer | undefined): string | undefined {
  const { subject } = JSON.parse(String(bytes ?? '{}')) as { subject?: { digest?: unknown } | null };
  return typeof subject?.digest === 'string' ? subject.digest : undefined;
}

function describe({ digest, bytes, manifest }: FoundManifest): Needed {
  const own = { digest, size: bytes.length };
  if (manifest.kind === 'index') return { digest, isList: true, blobs: [own] };
  // of what is kept elsewhere, the registry has nothing
  const parts = [manifest.config, ...manifest.layers].filter(({ urls = [] }) => urls.length === 0);
  return { digest, isList: false, blobs: [own, ...parts.map((part) => ({ digest: part.digest, size: part.size }))] };
}

// a repository of which everything was removed may be unknown by now
function noTags(error: { status?: number }): string[] {
  if (error.status === 404) return [];
  throw error;
}
