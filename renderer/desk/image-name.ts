import { parseReference } from '../../contract/reference.ts';
import { shortId } from '../ui/format.ts';

type Named = { id: string; references: string[]; digests?: string[] };

/** What an image is called where there is only room for one name. */
export function imageName({ id, references, digests = [] }: Named): string {
  const [digest] = digests;
  if (references[0] !== undefined || digest === undefined) return references[0] ?? `untagged image ${shortId(id)}`;
  const { repository, short } = splitDigest(digest);
  return `${repository}@${short}`;
}

/** `app@sha256:…` as a list shows it: as much of the digest as the engines show of an id. */
export function splitDigest(digest: string): { repository: string; short: string } {
  const [repository = '', hash = ''] = digest.split('@');
  return { repository, short: `sha256:${shortId(hash)}` };
}

/** The name as Docker writes it; Podman also writes out the registry that Docker leaves out. */
export const withoutHub = (reference: string): string => reference.replace(/^docker\.io\/(?:library\/)?/, '');

export type RepositoryTags = { repository: string; tags: string[] };

/** Names with the same repository together, in the order they came. */
export function groupReferences(references: string[]): RepositoryTags[] {
  const groups = new Map<string, string[]>();
  for (const reference of references) {
    const { repository, tag } = splitReference(reference);
    const tags = groups.get(repository);
    if (tags) tags.push(tag);
    else groups.set(repository, [tag]);
  }
  return [...groups].map(([repository, tags]) => ({ repository, tags }));
}

/** Splits a name as the engine wrote it, which need not follow the grammar. */
export function splitReference(reference: string): { repository: string; tag: string } {
  const colon = reference.lastIndexOf(':');
  if (colon <= reference.lastIndexOf('/')) return { repository: reference, tag: '' };
  return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) };
}

/** The registry a name goes to when it is pushed; Docker Hub where it names none. */
export function registryOf(reference: string): string {
  try {
    return parseReference(reference).registry ?? 'docker.io';
  } catch {
    return 'docker.io';
  }
}
