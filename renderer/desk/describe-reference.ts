import { isOnlyRegistry, isReference, parseReference, referenceProblem, repositoryOf } from '../../contract/reference.ts';

/** Why a typed name can’t be used; undefined if it can. Spaces around it don’t count. */
export const nameProblem = (text: string): string | undefined => referenceProblem(text.trim());

/** The same for a name that an image is to be given. */
export const newNameProblem = (text: string): string | undefined =>
  isName(text) && text.includes('@') ? 'A digest comes from the content and can’t be chosen. Name a tag.' : nameProblem(text);

export const isName = (text: string): boolean => isReference(text.trim());

/** Whether a registry can be asked for the name. While only a registry is typed, it would mean an image of that name on Docker Hub. */
export const isRemoteName = (text: string): boolean => isName(text) && !isOnlyRegistry(text.trim());

/** "“app” with the tag “1.0”", said while one types. */
export function describeName(text: string): string | undefined {
  if (!isName(text)) return undefined;
  const reference = parseReference(text.trim());
  const tag = reference.digest ? 'exactly this digest' : `the tag “${reference.tag ?? 'latest'}”`;
  const added = reference.tag || reference.digest ? '' : ', added because you named none';
  return `“${repositoryOf(reference)}” with ${tag}${added}.`;
}

/** Where an image of that name comes from, said while one types. */
export function describeSource(text: string): string | undefined {
  if (isOnlyRegistry(text.trim())) return `Add a “/” and the name of an image in the registry ${text.trim()}.`;
  if (!isName(text)) return undefined;
  const { registry, repository, tag, digest } = parseReference(text.trim());
  const from = registry ? `From the registry ${registry}` : 'From Docker Hub (docker.io), because the name doesn’t begin with a registry';
  const what = digest ? 'exactly the digest you named' : tag ? `the tag “${tag}”` : 'the tag “latest”, because you named none';
  // only Docker Hub knows whether there is an official image of that name
  const official = !registry && !repository.includes('/') ? ' There, names without a “/” are reserved for Docker’s official images.' : '';
  return `${from}: ${what}.${official}`;
}
