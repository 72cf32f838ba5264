import { parseReference, repositoryOf, withDefaultTag } from '../../../contract/reference.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestStream } from '../../foundation/engine/request.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { toHeader } from '../../foundation/registries/logins/credentials.ts';
import type { Logins } from '../../foundation/registries/logins/logins.ts';
import { arrived, type ExpectedSize, emptyPull, foldPull, pullProgress } from './fold-pull.ts';
import { followTransfer } from './follow-transfer.ts';
import { trustLoopback } from './trust-loopback.ts';
import { withRegistryErrors } from './with-registry-errors.ts';

/** `platform` defaults to the engine's own. */
export type PullOrder = { reference: string; platform?: string | undefined };

/** Pulls an image; `expectedSize` may give sizes in advance. Rejects with the engine's error, or if the stream ends without a status. */
export async function pullImage(
  engine: Engine,
  logins: Logins,
  { reference, platform }: PullOrder,
  context: OperationContext,
  expectedSize?: ExpectedSize,
): Promise<TaskResult & { kind: 'pull' }> {
  const full = withDefaultTag(reference);
  const parsed = parseReference(full);
  const login = await logins.find(parsed.registry);
  const state = await withRegistryErrors({ reference: full, writes: false, hadLogin: login !== undefined }, async () => {
    const stream = await requestStream(engine.docker, {
      method: 'POST',
      path: '/images/create',
      query: { fromImage: repositoryOf(parsed), tag: parsed.digest ?? parsed.tag, platform, ...trustLoopback(engine, parsed) },
      headers: { 'X-Registry-Auth': toHeader(login ?? {}) },
      signal: context.signal,
    });
    return followTransfer(stream, { start: { ...emptyPull, expectedSize }, fold: foldPull, progressOf: pullProgress }, context);
  });
  // Podman ends without a status, so there the proof is that the image can be found
  if (!state.finalStatus) await inspectImage(engine, full);
  context.report(pullProgress(arrived(state)));
  return {
    kind: 'pull',
    reference: full,
    ...(state.digest && { digest: state.digest }),
    alreadyUpToDate: state.finalStatus?.startsWith('Image is up to date') ?? false,
  };
}
