import pLimit from 'p-limit';
import { parseReference } from '../../../contract/reference.ts';
import type { Task, TaskResult } from '../../../contract/task.ts';
import { placeOfRepository } from '../../foundation/engine/place-of-engine.ts';
import { type Access, placeOf, withRepository } from '../../foundation/registries/open-repository.ts';
import type { Sighting, TagList } from './tag-sighting.ts';

/** The most tags of a repository that are asked about at once: registries count requests. */
const most = 200;
/** How many of them are asked about at the same time. */
const atOnce = 6;

/** A repository and a tag as they are remembered: always with the registry. */
export function registryName(reference: string): { repository: string; name: string } {
  const { registry, repository: path, version } = placeOf(reference);
  const repository = `${registry}/${registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path}`;
  return { repository, name: `${repository}:${version}` };
}

/** Where the tags of a repository are now, as the registry says it. Rejects with its error. */
export async function lookAtRepository(repository: string, access: Access, signal: AbortSignal | undefined): Promise<TagList> {
  const began = Date.now();
  return withRepository(
    repository,
    access,
    async (there) => {
      const tags = await there.tags(most + 1, signal);
      const limit = pLimit(atOnce);
      const ask = async (tag: string) => [registryName(`${repository}:${tag}`).name, await there.findDigest(tag, signal)] as const;
      const names = await Promise.all(tags.slice(0, most).map((tag) => limit(() => ask(tag))));
      return listOf(
        names.filter(([, digest]) => digest !== undefined),
        began,
        tags.length > most,
      );
    },
    signal,
  );
}

/** The same of single tags, which may be of several repositories; of those whose registry doesn't answer, nothing. */
export async function lookAtTags(references: readonly string[], access: Access, signal: AbortSignal): Promise<Sighting[]> {
  const began = Date.now();
  const looks = references.map(async (reference) => {
    const digest = await withRepository(reference, access, (there, tag) => there.findDigest(tag, signal), signal);
    const { repository, name } = registryName(reference);
    return sightingOf(repository, { list: listOf([[name, digest]], began, true) });
  });
  return (await Promise.allSettled(looks)).flatMap((look) => (look.status === 'fulfilled' ? [look.value] : []));
}

/** What a task that succeeded tells of tags in registries: where it put them, or where it found them. */
export function seenInRegistries({ id, kind, state, result, startedAt, endedAt }: Task): Sighting[] {
  if (state !== 'succeeded' || startedAt === undefined || endedAt === undefined) return [];
  const put = (reference: string, digest: string): Sighting => {
    const { repository, name } = registryName(reference);
    const events = [{ name, image: digest, at: endedAt, isWatched: false }];
    return sightingOf(repository, { events, doings: [{ kind, task: id, names: [name], image: digest, startedAt, endedAt }] });
  };
  switch (result?.kind) {
    case 'push':
      return result.pushed.map(({ reference, digest }) => put(reference, digest));
    case 'copy':
      return result.reference === undefined ? [] : [put(result.reference, result.digest)];
    case 'move-registry-tag':
      return [put(result.reference, result.to)];
    case 'remove-registry-tags':
      return removed(result, { kind, id, startedAt, endedAt });
    case 'put-back-registry-tags':
      return result.restored.map(({ tag, digest }) => put(`${result.registry}/${result.repository}:${tag}`, digest));
    case 'put-together':
      return [put(result.reference, result.digest)];
    case 'take-apart':
      return result.put.map(({ tag, digest }) => put(`${result.registry}/${result.repository}:${tag}`, digest));
    case 'pull': {
      const { reference, digest } = result;
      if (digest === undefined || parseReference(reference).digest !== undefined) return [];
      const { repository, name } = registryName(reference);
      return [sightingOf(repository, { list: { ...listOf([[name, digest]], startedAt, true), ended: endedAt } })];
    }
    default:
      return [];
  }
}

type Removed = TaskResult & { kind: 'remove-registry-tags' };

/** Tags that went, and where they were until then. */
function removed(
  { registry, repository: path, removed: tags, unasked }: Removed,
  { kind, id, startedAt, endedAt }: Pick<Task, 'kind' | 'id'> & { startedAt: number; endedAt: number },
): Sighting[] {
  const { repository } = registryName(`${registry}/${path}:x`);
  const nameOf = (tag: string) => `${repository}:${tag}`;
  const names = [...tags.map(({ tag }) => tag), ...unasked].map(nameOf);
  const list = {
    ...listOf(
      tags.map(({ tag, digest }) => [nameOf(tag), digest] as const),
      startedAt,
      true,
    ),
    ended: startedAt,
  };
  const events = names.map((name) => ({ name, image: undefined, at: endedAt, isWatched: false }));
  return [
    sightingOf(repository, { list }),
    sightingOf(repository, { events, doings: [{ kind, task: id, names, image: null, startedAt, endedAt }] }),
  ];
}

export const sightingOf = (repository: string, seen: Partial<Sighting>): Sighting => ({
  place: placeOfRepository(repository),
  now: Date.now(),
  events: [],
  doings: [],
  ...seen,
});

// nobody tells what happens to a registry's tags
const listOf = (names: TagList['names'], began: number, isPart: boolean): TagList => ({
  names,
  began,
  ended: Date.now(),
  skip: [],
  hints: [],
  isWatched: false,
  ...(isPart && { isPart }),
});
