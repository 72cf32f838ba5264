// The grammar of image references, after distribution/reference (github.com/distribution/reference, regexp.go).

export type Reference = {
  /** Host and port, only where the text names one: `localhost:5000`, `ghcr.io`. */
  registry?: string;
  /** Path without the registry: `library/redis`, `app`. */
  repository: string;
  tag?: string;
  digest?: string;
};

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const host = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** Takes a reference apart. Throws an `Error` whose message is a sentence for the person who typed it. */
export function parseReference(text: string): Reference {
  const [beforeDigest = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !digestPattern.test(digest))) {
    throw new Error('What follows “@” has to be a digest such as sha256:… with 64 hexadecimal digits.');
  }
  const colon = beforeDigest.lastIndexOf(':');
  const hasTag = colon > beforeDigest.lastIndexOf('/');
  const name = hasTag ? beforeDigest.slice(0, colon) : beforeDigest;
  const tag = hasTag ? beforeDigest.slice(colon + 1) : undefined;
  if (tag !== undefined && !tagPattern.test(tag)) {
    throw new Error('A tag has up to 128 letters, digits, “_”, “.” and “-”, and begins with none of the last two.');
  }
  const { registry, repository } = splitName(name);
  checkName(name, registry, repository);
  return { ...(registry && { registry }), repository, ...(tag && { tag }), ...(digest && { digest }) };
}

function splitName(name: string): { registry?: string; repository: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(0, slash));
  // Only a dot, a port, capitals or "localhost" make the first part a host: `user/app` is no registry.
  const isHost = slash > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
  // the old address of Docker Hub, which engines read as its name
  const registry = first === 'index.docker.io' ? 'docker.io' : first;
  return isHost ? { registry, repository: name.slice(slash + 1) } : { repository: name };
}

function checkName(name: string, registry: string | undefined, repository: string): void {
  if (repository === '') throw new Error('The name is missing. Type something like my-app or my-app:1.0.');
  if (/^[0-9a-f]{64}$/.test(name)) throw new Error('64 hexadecimal digits are an image id, not a name.');
  if (name.length > 255) throw new Error('The name is longer than 255 characters.');
  if (registry !== undefined && !host.test(registry)) throw new Error(`“${registry}” is no valid address of a registry.`);
  for (const part of repository.split('/')) {
    if (part === '') throw new Error('There is a “/” with nothing before or after it.');
    if (part !== part.toLowerCase()) throw new Error('Names have small letters only. Capitals are allowed in the tag, after the “:”.');
    if (!component.test(part)) {
      throw new Error(`“${part}” may only have small letters and digits, joined by single “.”, “_” or “-”.`);
    }
  }
}

/** Why the text is no valid reference, or undefined where it is one. */
export function referenceProblem(text: string): string | undefined {
  try {
    parseReference(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

export const isReference = (text: string): boolean => referenceProblem(text) === undefined;

/** Repository with its registry, without tag and digest: `localhost:5000/app`. */
export const repositoryOf = ({ registry, repository }: Reference): string => (registry ? `${registry}/${repository}` : repository);

/** The same for every way to write a repository: `app`, `library/app` and `docker.io/library/app` are one. */
export function repositoryKey(reference: Reference): string {
  const { registry, repository } = reference;
  const isHub = registry === undefined || registry === 'docker.io' || registry === 'index.docker.io';
  return isHub ? repository.replace(/^library\//, '') : repositoryOf(reference);
}

/** Whether a text is a name with neither tag nor digest. */
export function isWithoutTag(text = ''): boolean {
  if (!isReference(text)) return false;
  const { tag, digest } = parseReference(text);
  return tag === undefined && digest === undefined;
}

/** The reference with a tag, `latest` where it names neither tag nor digest, as the engine would read it. */
export function withDefaultTag(text: string): string {
  const reference = parseReference(text);
  return reference.tag || reference.digest ? text : `${text}:latest`;
}

/** Whether a text is the beginning of a name and as yet only its registry: `ghcr.io`, `localhost:5000`. */
export function isOnlyRegistry(text: string): boolean {
  const [host = ''] = text.split(':');
  return !text.includes('/') && !text.includes('@') && (host.includes('.') || host === 'localhost');
}

/** What a name is in the registry at an address, such as the one on this computer. */
export function nameAt(address: string, text: string): string {
  const { repository, tag = 'latest' } = parseReference(text);
  return `${address}/${repository}:${tag}`;
}

export type UsualTags = { minor?: string; major?: string; latest?: string };

/** Tags that usually point to the same image as a version does: `1.4.2` is also `1.4`, `1` and `latest`. */
export function usualTags(tag: string | undefined): UsualTags {
  // a version that is only tried out (1.5.0-rc.1) takes no name from the one that is in use
  const [, major, minor, patch] = /^(\d{1,6})(?:\.(\d{1,6})(?:\.(\d{1,6}))?)?$/.exec(tag ?? '') ?? [];
  if (major === undefined) return {};
  return {
    ...(patch !== undefined && { minor: `${major}.${minor}` }),
    // before 1.0 nothing promises that 0.5 can stand for 0.4
    ...(minor !== undefined && major !== '0' && { major }),
    latest: 'latest',
  };
}
