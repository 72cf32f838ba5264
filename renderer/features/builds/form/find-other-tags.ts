import type { TaglessBase } from '../../../../contract/build.ts';
import type { ImageSummary } from '../../../../contract/image.ts';
import { isReference, parseReference, type Reference, repositoryKey } from '../../../../contract/reference.ts';

/** An image that is asked for but isn’t here, and the names in its repository that are, newest image first. */
export type OtherTags = TaglessBase & { here: string[] };

/** The images asked for without a tag that the engine certainly lacks, but has under other tags. */
export function findOtherTags(bases: TaglessBase[], images: ImageSummary[]): OtherTags[] {
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

/** Podman finds a name without a registry under every registry that it got it from. */
function mayBeMeant(wanted: Reference, { tag, registry, repository }: Reference): boolean {
  if (tag !== 'latest') return false;
  if (repositoryKey(wanted) === repositoryKey({ repository, ...(registry && { registry }) })) return true;
  return wanted.registry === undefined && (repository === wanted.repository || repository.endsWith(`/${wanted.repository}`));
}
