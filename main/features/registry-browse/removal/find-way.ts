import { randomBytes } from 'node:crypto';
import type { Failure } from '../../../../contract/failure.ts';
import type { RemovalWay } from '../../../../contract/registry-removal.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import { RegistryError } from '../../../foundation/registries/errors/registry-error.ts';
import type { Repository } from '../../../foundation/registries/repository.ts';

/**
 * How a registry lets tags go. No registry says, so that one is asked to remove a tag that nobody can have: whoever removes tags alone misses it, whoever
 * removes by digest alone says that this is none. Throws the failure to show where nothing can be removed.
 */
export async function findWay(repository: Repository, signal?: AbortSignal): Promise<RemovalWay> {
  const { registry } = repository.client;
  if (registry === 'docker.io') throw new FailureError(onlyOnWebsite);
  try {
    await repository.remove(`layerdeck-asks-${randomBytes(16).toString('hex')}`, signal);
    return 'alone';
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    if (error.status === 404) return 'alone';
    if (error.status === 400) return 'by-digest';
    throw removalError(error, repository);
  }
}

/** The error in the words of a removal, where they differ from those of a push. */
export function removalError(error: unknown, { client: { registry }, name }: Repository): unknown {
  if (!(error instanceof RegistryError)) return error;
  const failure = removalWords(error, registry, name);
  return failure ? new FailureError({ ...failure, registry, cause: error.message }) : error;
}

function removalWords({ status, hadLogin }: RegistryError, registry: string, name: string): Failure | undefined {
  if (status === 405 || status === 501) {
    return {
      kind: 'registry-refused',
      title: `${registry} doesn’t let anything be removed`,
      detail: 'Removing is switched off there, or the registry can’t do it.',
      hint: 'Ask its owner. For the plain registry, the setting is REGISTRY_STORAGE_DELETE_ENABLED=true.',
    };
  }
  if (status !== 403) return undefined;
  return {
    kind: 'registry-refused',
    title: `You may not remove anything from ${registry}/${name}`,
    detail: hadLogin ? 'Your sign-in there doesn’t allow it.' : 'You aren’t signed in there.',
    hint: hadLogin ? 'Ask the repository’s owner, or look for a way on the registry’s website.' : 'Sign in, then try again.',
  };
}

const onlyOnWebsite: Failure = {
  kind: 'registry-refused',
  title: 'Docker Hub removes tags only on its website',
  detail: 'It lets no program remove a tag in the way that registries have in common.',
  hint: 'Open the repository on hub.docker.com, and remove the tags there.',
  registry: 'docker.io',
};
