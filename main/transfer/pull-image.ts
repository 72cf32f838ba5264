import { parseReference, repositoryOf, withDefaultTag } from '../../contract/reference.ts';
import type { TaskResult } from '../../contract/task.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { requestStream } from '../engine/request.ts';
import { toHeader } from '../logins/credentials.ts';
import type { Logins } from '../logins/logins.ts';
import { askingRegistry } from './asking-registry.ts';
import { arrived, emptyPull, foldPull, pullProgress } from './fold-pull.ts';
import { followTransfer } from './follow-transfer.ts';
import { trustLoopback } from './trust-loopback.ts';

/** `platform` is the engine's own where it is not named. */
export type PullOrder = { reference: string; platform?: string | undefined };

/** Gets an image from its registry. Rejects with the engine's error, or where the stream ends without its last word. */
export async function pullImage(
  engine: Engine,
  logins: Logins,
  { reference, platform }: PullOrder,
  context: OperationContext,
): Promise<TaskResult & { kind: 'pull' }> {
  const full = withDefaultTag(reference);
  const parsed = parseReference(full);
  const login = await logins.find(parsed.registry);
  const state = await askingRegistry({ reference: full, writes: false, hadLogin: login !== undefined }, async () => {
    const stream = await requestStream(engine.docker, {
      method: 'POST',
      path: '/images/create',
      query: { fromImage: repositoryOf(parsed), tag: parsed.digest ?? parsed.tag, platform, ...trustLoopback(engine, parsed) },
      headers: { 'X-Registry-Auth': toHeader(login ?? {}) },
      signal: context.signal,
    });
    return followTransfer(stream, { start: emptyPull, fold: foldPull, progressOf: pullProgress }, context);
  });
  // Podman ends without a status: there, that the image can be found is the proof
  if (!state.finalStatus) await engine.docker.getImage(full).inspect();
  context.report(pullProgress(arrived(state)));
  return {
    kind: 'pull',
    reference: full,
    ...(state.digest && { digest: state.digest }),
    alreadyUpToDate: state.finalStatus?.startsWith('Image is up to date') ?? false,
  };
}
