import { repositoryPart } from '../../../../contract/grammar.ts';
import { isOnlyRegistry } from '../../../../contract/reference.ts';

/** A repository with its registry, as one writes it before a tag: Docker Hub’s names leave it out. */
export function repositoryName(registry: string, repository: string): string {
  if (registry !== 'docker.io') return `${registry}/${repository}`;
  const short = repository.replace(/^library\//, '');
  // what would be read as a registry keeps Docker Hub's name before it
  return isOnlyRegistry(short.split('/')[0] ?? '') && short.includes('/') ? `docker.io/${short}` : short;
}

/** What a registry is called in a sentence. */
export const registryName = (registry: string): string => (registry === 'docker.io' ? 'Docker Hub' : registry);

/** Whether a text could be the name of a repository. */
export const isRepository = (text: string): boolean => text.length <= 255 && text.split('/').every((part) => repositoryPart.test(part));

/** `linux/arm64/v8` where most say linux. */
export const shortPlatform = (platform: string): string => platform.replace(/^linux\//, '');
