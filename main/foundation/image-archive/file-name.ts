import { parseReference, type Reference, repositoryOf } from '../../../contract/reference.ts';

/** A name that a file gives to an image, as each engine displays it. */
export type FileName = { docker: string; podman: string };

/** Undefined for what is not a name, such as a bare tag, a digest alone or `<none>:<none>`. */
export function readFileName(text: string): FileName | undefined {
  try {
    const reference = parseReference(text);
    const { tag = reference.digest ? undefined : 'latest' } = reference;
    if (tag === undefined) return undefined;
    return { docker: `${onDocker(reference)}:${tag}`, podman: `${onPodman(reference)}:${tag}` };
  } catch {
    return undefined;
  }
}

// `docker.io/library/alpine` is `alpine`, and so is "library/alpine" without a registry; "library/a/b" is not "a/b"
function onDocker(reference: Reference): string {
  const { registry, repository } = reference;
  return registry && registry !== 'docker.io' ? repositoryOf(reference) : repository.replace(/^library\/(?=[^/]+$)/, '');
}

// to Podman, a name without a registry belongs to this computer
function onPodman({ registry = 'localhost', repository }: Reference): string {
  return registry === 'docker.io' && !repository.includes('/') ? `docker.io/library/${repository}` : `${registry}/${repository}`;
}

/** The full name, with nothing left to guess. Docker's newer store keeps what a file says letter by letter and finds nothing else. */
export function wholeName({ docker, podman }: FileName, product: 'Docker' | 'Podman'): string {
  if (product === 'Podman') return podman;
  const { registry, repository } = parseReference(docker);
  if (registry) return docker;
  return `docker.io/${repository.includes('/') ? '' : 'library/'}${docker}`;
}
