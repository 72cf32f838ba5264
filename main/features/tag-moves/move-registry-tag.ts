import type { Failure } from '../../../contract/failure.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { type Access, withRepository } from '../../foundation/registries/open-repository.ts';

type Move = { reference: string; to: string; from: string | null };

/**
 * Puts what a registry has under a digest under a tag again, byte for byte and as what it was. Rejects if the tag is no longer where it
 * was, if the registry no longer has that digest, or if it has something else under the tag afterwards.
 */
export function moveRegistryTag(
  access: Access,
  { reference, to, from }: Move,
  signal: AbortSignal,
): Promise<TaskResult & { kind: 'move-registry-tag' }> {
  return withRepository(
    reference,
    access,
    async (repository, tag) => {
      const manifest = await repository.findManifest(to, signal);
      if (!manifest) throw new FailureError(isGone(reference, to));
      // as late as possible: registries know no condition for a change
      if (((await repository.findDigest(tag, signal)) ?? null) !== from) throw new FailureError(hasMoved(reference));
      await repository.putManifest(tag, manifest, signal);
      if ((await repository.findDigest(tag, signal)) !== to) throw new FailureError(hasMoved(reference));
      return { kind: 'move-registry-tag', reference, to, ...(from !== null && { from }) };
    },
    signal,
  );
}

const hasMoved = (reference: string): Failure => ({
  kind: 'in-use',
  title: `${reference} has moved in the meantime`,
  detail: 'Somebody pushed to the tag or removed it after you looked.',
  hint: 'Look at where it is now, then decide again.',
});

const isGone = (reference: string, digest: string): Failure => ({
  kind: 'not-found',
  title: 'The registry no longer has that image',
  detail: `It was removed there, or collected because no tag led to it. ${reference} stays where it is.`,
  hint: `If an engine still has ${digest.slice(0, 19)}, push it from there.`,
});
