import type { Failure } from '../../../../contract/failure.ts';
import type { TaskResult } from '../../../../contract/task.ts';
import { FailureError, toFailure } from '../../../foundation/failures/failure.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { RegistryError } from '../../../foundation/registries/errors/registry-error.ts';
import { type Access, withRegistry } from '../../../foundation/registries/open-repository.ts';
import { Repository } from '../../../foundation/registries/repository.ts';
import { patiently } from '../patiently.ts';
import type { Removed, RemovedTag } from './removed-book.ts';

type Result = TaskResult & { kind: 'put-back-registry-tags' };

/** Puts removed tags back, byte for byte. One that somebody has given to another image meanwhile stays there; rejects only if nothing came back. */
export function putBackTags(
  access: Access,
  { registry, repository: name, tags }: Removed,
  { signal, report }: OperationContext,
): Promise<Result> {
  return withRegistry(
    registry,
    access,
    async (client) => {
      const repository = new Repository(client, name);
      const restored: Result['restored'] = [];
      const refused: Result['refused'] = [];
      // a registry takes a list only if it has its images
      const inTurn = [...tags.filter(({ isList }) => !isList), ...tags.filter(({ isList }) => isList)];
      for (const [at, one] of inTurn.entries()) {
        signal.throwIfAborted();
        report({ phase: 'writing', fraction: at / inTurn.length });
        const { tag, digest } = one;
        try {
          await putBack(repository, one, signal);
          restored.push({ tag, digest });
        } catch (error) {
          signal.throwIfAborted();
          refused.push({ tag, failure: wordsOf(error) });
        }
      }
      const [first] = refused;
      if (restored.length === 0 && first) throw new FailureError(first.failure);
      return { kind: 'put-back-registry-tags', registry, repository: name, restored, refused };
    },
    { signal },
  );
}

async function putBack(repository: Repository, { tag, placeholder, ...manifest }: RemovedTag, signal: AbortSignal): Promise<void> {
  const now = await patiently(() => repository.findDigest(tag, signal));
  if (now === manifest.digest) return;
  if (now !== undefined && now !== placeholder) throw new FailureError(isTaken(tag));
  await patiently(() => repository.putManifest(tag, manifest, signal));
}

const wordsOf = (error: unknown): Failure =>
  error instanceof RegistryError && error.reason === 'kind-not-taken' ? { ...isCollected, cause: error.message } : toFailure(error);

const isTaken = (tag: string): Failure => ({
  kind: 'in-use',
  title: `${tag} has another image by now`,
  detail: 'Somebody pushed to the tag after it was removed.',
  hint: 'Look at where it is now, then decide.',
});

const isCollected: Failure = {
  kind: 'not-found',
  title: 'The registry no longer has all its layers',
  detail: 'They were collected after the tag was removed, so that it can’t come back from there.',
  hint: 'Push the image from wherever it still is.',
};

/** The failure for what was removed before the app was started. */
export const isForgotten: Failure = {
  kind: 'not-found',
  title: 'It isn’t known any longer what was removed',
  detail: 'Layerdeck remembers that until it is closed.',
  hint: 'Push the images from wherever they still are.',
};
