import { isOnlyRegistry, isReference, parseReference, referenceProblem, repositoryOf } from '../../contract/reference.ts';

/** Why a typed name cannot be used; undefined where it can. Spaces around it do not count. */
export const nameProblem = (text: string): string | undefined => referenceProblem(text.trim());

export const isName = (text: string): boolean => isReference(text.trim());

/** A name that a registry can be asked for: one that is as yet only a registry would mean something of that name on Docker Hub. */
export const isRemoteName = (text: string): boolean => isName(text) && !isOnlyRegistry(text.trim());

/** "“app” with the tag “1.0”", said while one types. */
export function describeName(text: string): string | undefined {
  if (!isName(text)) return undefined;
  const reference = parseReference(text.trim());
  const tag = reference.digest ? 'exactly this digest' : `the tag “${reference.tag ?? 'latest'}”`;
  const added = reference.tag || reference.digest ? '' : ', which is added because you named none';
  return `“${repositoryOf(reference)}” with ${tag}${added}.`;
}

/** Where a name is fetched from, said while one types. */
export function describeSource(text: string): string | undefined {
  if (isOnlyRegistry(text.trim())) return `Go on with a “/” and the name of an image in the registry ${text.trim()}.`;
  if (!isName(text)) return undefined;
  const { registry, repository, tag, digest } = parseReference(text.trim());
  const from = registry ? `From the registry ${registry}` : 'From Docker Hub (docker.io), because the name begins with no registry';
  const what = digest ? 'exactly the digest you named' : tag ? `the tag “${tag}”` : 'the tag “latest”, because you named none';
  // whether there is one of that name only Docker Hub knows
  const official = !registry && !repository.includes('/') ? ' Names without a “/” are kept there for Docker’s official images.' : '';
  return `${from}: ${what}.${official}`;
}
