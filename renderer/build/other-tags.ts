import type { TaglessBase } from '../../contract/build.ts';
import type { ImageSummary } from '../../contract/image.ts';
import { isReference, parseReference, type Reference, repositoryKey } from '../../contract/reference.ts';

/** An image that is asked for and not here, and the names of its repository that are, the newest image first. */
export type OtherTags = TaglessBase & { here: string[] };

/** Those of the images asked for without a tag that the engine certainly lacks, and has under other tags. */
export function otherTags(bases: TaglessBase[], images: ImageSummary[]): OtherTags[] {
  if (bases.length === 0) return [];
  const names = images
    .toSorted((a, b) => b.createdAt - a.createdAt)
    .flatMap(({ references }) => references)
    .filter(isReference)
    .map((text) => ({ text, ...parseReference(text) }));
  return bases.flatMap(({ name, line }) => {
    const wanted = parseReference(name);
    const isHere = images.some(({ id }) => id.startsWith(`sha256:${name}`)) || names.some((one) => mayBeMeant(wanted, one));
    const here = names.filter((one) => one.tag !== undefined && repositoryKey(one) === repositoryKey(wanted)).map(({ text }) => text);
    return isHere || here.length === 0 ? [] : [{ name, line, here }];
  });
}

/** Podman finds a name without a registry under any registry that it has it from. */
function mayBeMeant(wanted: Reference, { tag, registry, repository }: Reference): boolean {
  if (tag !== 'latest') return false;
  if (repositoryKey(wanted) === repositoryKey({ repository, ...(registry && { registry }) })) return true;
  return wanted.registry === undefined && (repository === wanted.repository || repository.endsWith(`/${wanted.repository}`));
}
