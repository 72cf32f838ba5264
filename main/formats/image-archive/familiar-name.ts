import { parseReference, repositoryOf } from '../../../contract/reference.ts';

/** A name as the engine shows it: `docker.io/library/alpine` is `alpine:latest`. Undefined for what is none, such as a bare tag. */
export function familiarName(name: string): string | undefined {
  try {
    const ofHub = name.replace(/^(?:index\.)?docker\.io\//, '');
    // "library/alpine" is "alpine" also where no registry is written, "library/a/b" is not "a/b"
    const reference = parseReference(ofHub.replace(/^library\/(?=[^/]+$)/, ''));
    return `${repositoryOf(reference)}:${reference.tag ?? 'latest'}`;
  } catch {
    return undefined;
  }
}
