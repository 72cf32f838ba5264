import * as grammar from './grammar.ts';

export type Reference = {
  /** Host and port, only if the text names one: `localhost:5000`, `ghcr.io`. */
  registry?: string;
  /** Path without the registry: `library/redis`, `app`. */
  repository: string;
  tag?: string;
  digest?: string;
};

/** Parses a reference. Throws an `Error` whose message is a sentence for the person who typed it. */
export function parseReference(text: string): Reference {
  const [beforeDigest = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !grammar.digest.test(digest))) {
    throw new Error('After “@” there has to be a digest such as sha256:… with 64 hexadecimal digits.');
  }
  const colon = beforeDigest.lastIndexOf(':');
  const hasTag = colon > beforeDigest.lastIndexOf('/');
  const name = hasTag ? beforeDigest.slice(0, colon) : beforeDigest;
  const tag = hasTag ? beforeDigest.slice(colon + 1) : undefined;
  if (tag !== undefined && !grammar.tag.test(tag)) {
    throw new Error('A tag has up to 128 letters, digits, “_”, “.” and “-”, and can’t start with “.” or “-”.');
  }
  const { registry, repository } = splitName(name);
  checkName(name, registry, repository);
  return { ...(registry && { registry }), repository, ...(tag && { tag }), ...(digest && { digest }) };
}

function splitName(name: string): { registry?: string; repository: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(0, slash));
  // only a dot, a port, capitals or "localhost" make the first part a host: `user/app` names no registry
  const isHost = slash > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
  // engines read Docker Hub's old address as its name
  const registry = first === 'index.docker.io' ? 'docker.io' : first;
  return isHost ? { registry, repository: name.slice(slash + 1) } : { repository: name };
}

function checkName(name: string, registry: string | undefined, repository: string): void {
  if (repository === '') throw new Error('The name is missing. Type something like my-app or my-app:1.0.');
  if (/^[0-9a-f]{64}$/.test(name)) throw new Error('64 hexadecimal digits are an image id, not a name.');
  if (name.length > 255) throw new Error('The name is longer than 255 characters.');
  if (registry !== undefined && !grammar.registryHost.test(registry)) throw new Error(`“${registry}” isn’t a registry’s address.`);
  for (const part of repository.split('/')) {
    if (part === '') throw new Error('There is a “/” with nothing before or after it.');
    if (part !== part.toLowerCase()) throw new Error('Names have lowercase letters only. Capitals are allowed in the tag, after the “:”.');
    if (!grammar.repositoryPart.test(part)) {
      throw new Error(`“${part}” can only have lowercase letters and digits, joined by single “.”, “_” or “-”.`);
    }
  }
}

/** Why the text is not a valid reference, or undefined if it is one. */
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

/** A key that is the same for every way to write a repository: `app`, `library/app` and `docker.io/library/app`. */
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

/** The reference as the engine reads it: with the tag `latest` if it has neither tag nor digest. */
export function withDefaultTag(text: string): string {
  const reference = parseReference(text);
  return reference.tag || reference.digest ? text : `${text}:latest`;
}

/** Whether a text is only the registry at the start of a name: `ghcr.io`, `localhost:5000`. */
export function isOnlyRegistry(text: string): boolean {
  const [host = ''] = text.split(':');
  return !text.includes('/') && !text.includes('@') && (host.includes('.') || host === 'localhost');
}

/** The name an image gets in the registry at an address, such as the one on this computer. */
export function nameAt(address: string, text: string): string {
  const { repository, tag = 'latest' } = parseReference(text);
  return `${address}/${repository}:${tag}`;
}

export type UsualTags = { minor?: string; major?: string; latest?: string };

/** Tags that usually point to the same image as a version: `1.4`, `1` and `latest` for `1.4.2`. */
export function usualTags(tag: string | undefined): UsualTags {
  // a prerelease (1.5.0-rc.1) must not take these names from the version in use
  const [, major, minor, patch] = /^(\d{1,6})(?:\.(\d{1,6})(?:\.(\d{1,6}))?)?$/.exec(tag ?? '') ?? [];
  if (major === undefined) return {};
  return {
    ...(patch !== undefined && { minor: `${major}.${minor}` }),
    // before 1.0 nothing promises that 0.5 can replace 0.4
    ...(minor !== undefined && major !== '0' && { major }),
    latest: 'latest',
  };
}

/** Whether a registry, by host and port, is on this computer: engines ask it for no certificate. */
export const isLoopback = (host: string): boolean => grammar.loopbackHost.test(host);

/** Whether a name begins with a registry on this computer. */
export const isOnThisComputer = (text: string): boolean => isLoopback(text.slice(0, Math.max(0, text.indexOf('/'))));
