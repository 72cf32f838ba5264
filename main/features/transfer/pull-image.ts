import { parseReference, type Reference, repositoryOf, withDefaultTag } from '../../../contract/reference.ts';
import type { TaskResult } from '../../../contract/task.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import { findImage } from '../../foundation/engine/find-image.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestStream } from '../../foundation/engine/request.ts';
import { shortDigest } from '../../foundation/formats/digest.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { type Credentials, toHeader } from '../../foundation/registries/logins/credentials.ts';
import { withLoginForEngine } from '../../foundation/registries/logins/login-for-engine.ts';
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
  // Podman ends without a status: there the image itself tells, and what it was before
  const before = engine.product === 'Podman' ? await findImage(engine, full) : undefined;
  const ask = async (login: Credentials | undefined) => {
    const stream = await requestStream(engine.docker, {
      method: 'POST',
      path: '/images/create',
      query: { fromImage: repositoryOf(parsed), tag: parsed.digest ?? parsed.tag, platform, ...trustLoopback(engine, logins, parsed) },
      headers: { 'X-Registry-Auth': toHeader(login ?? {}) },
      signal: context.signal,
    });
    return followTransfer(stream, { start: { ...emptyPull, expectedSize }, fold: foldPull, progressOf: pullProgress }, context);
  };
  const state = await withLoginForEngine(engine, logins, parsed.registry, (login) =>
    withRegistryErrors({ reference: full, writes: false, hadLogin: login !== undefined }, () => ask(login)),
  );
  const now = state.finalStatus ? undefined : await inspectImage(engine, full);
  const digest = state.digest ?? onlyDigest(now?.RepoDigests ?? [], parsed);
  context.report(pullProgress(arrived(state, now && shortDigest(now.Id))));
  return {
    kind: 'pull',
    reference: full,
    ...(digest && { digest }),
    alreadyUpToDate: now ? now.Id === before?.Id : (state.finalStatus?.startsWith('Image is up to date') ?? false),
  };
}

/** The digest that an image has in a repository; undefined if it has several there, of which the engine doesn't say which it got. */
function onlyDigest(digests: string[], reference: Reference): string | undefined {
  const own = digests.filter((one) => one.startsWith(`${repositoryOf(reference)}@`));
  return reference.digest ?? (own.length === 1 ? own[0]?.split('@')[1] : undefined);
}
