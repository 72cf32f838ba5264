import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { RepositoriesPart, TagsPart } from '../../../../contract/registry-browse.ts';
import { client } from '../../../connection/client.ts';
import { useMirror } from '../../../connection/mirror.ts';
import { type Streamed, useStream } from '../../../connection/use-stream.ts';
import { useDialogs } from '../../../desk/dialogs.ts';
import { indexHere } from './here.ts';
import { attachedTo, type OrderedTag, withTags } from './order-tags.ts';
import { TagReader } from './tag-reader.ts';

export type Repositories = { names: string[]; odd: number; unlisted?: Failure; isCutOff?: true };

/** What the registry may answer differently by now: one has signed in, or something went there. */
function useChanges(): string {
  const signIn = useDialogs(({ open }) => open?.name === 'sign-in');
  const done = useMirror(({ tasks }) => tasks.filter(({ kind, state }) => changing.has(kind) && state === 'succeeded').length);
  return `${signIn} ${done}`;
}

const changing: ReadonlySet<string> = new Set([
  'push',
  'copy',
  'move-registry-tag',
  'remove-registry-tags',
  'put-back-registry-tags',
  'put-together',
  'take-apart',
  'restore-registry',
]);

/** The repositories of a registry, as they come. */
export function useRepositories(registry: string): Streamed<Repositories> {
  return useStream<RepositoriesPart, Repositories>(registry, {
    open: (signal) => client.registry.repositories({ registry }, { signal }),
    empty: noRepositories,
    add: (before, part) => {
      if (part.kind === 'cut-off') return { ...before, isCutOff: true };
      if (part.kind === 'unlisted') return { ...before, names: part.names, unlisted: part.failure };
      return { ...before, names: before.names.concat(part.names), odd: before.odd + part.odd };
    },
    since: useChanges(),
  });
}

const noRepositories: Repositories = { names: [], odd: 0 };

/** The tags of a repository in order; those that only hold what is about an image stand apart, by the digest of that image. */
export type Tags = {
  tags: OrderedTag[];
  attached: string[];
  odd: number;
  isUnknown?: boolean;
  isCutOff?: boolean;
};

export function useTags(registry: string, repository: string): Streamed<Tags> {
  return useStream<TagsPart, Tags>(`${registry}/${repository}`, {
    open: (signal) => client.registry.tags({ registry, repository }, { signal }),
    empty: noTags,
    add: ({ tags, attached, ...before }, { names, odd, isUnknown, isCutOff }) => ({
      ...before,
      tags: withTags(
        tags,
        names.filter((name) => !attachedTo(name)),
      ),
      attached: attached.concat(names.filter((name) => attachedTo(name))),
      odd: before.odd + odd,
      ...(isUnknown && { isUnknown }),
      ...(isCutOff && { isCutOff }),
    }),
    since: useChanges(),
  });
}

const noTags: Tags = { tags: [], attached: [], odd: 0 };

/** Docker Hub counts every look at what is under a tag as getting the image; where a tag leads is free. */
export const countsLooks = (registry: string): boolean => registry === 'docker.io';

/** What is under the tags of a repository, read while they are in sight; read anew when something may have moved there. */
export function useTagReader(registry: string, repository: string): TagReader {
  const changes = useChanges();
  // biome-ignore lint/correctness/useExhaustiveDependencies: after a change, nothing that was known need be true
  const reader = useMemo(() => {
    const depth = countsLooks(registry) ? 'digest' : 'all';
    return new TagReader((tags, signal) => client.registry.details({ registry, repository, tags, depth }, { signal }));
  }, [registry, repository, changes]);
  useEffect(() => () => reader.stop(), [reader]);
  return reader;
}

/** Draws anew when something becomes known; only what shows it, as that happens with every scroll. */
export const useKnownTags = (reader: TagReader): number => useSyncExternalStore(reader.subscribe, reader.version);

/** The images of the engine in use, by what registries may know them by. */
export function useHere() {
  const images = useMirror((mirror) => mirror.images?.images);
  return useMemo(() => indexHere(images ?? []), [images]);
}
