import { parseReference, repositoryOf, withDefaultTag } from '../../contract/reference.ts';
import type { TaskResult } from '../../contract/task.ts';
import type { PushedName } from '../../contract/transfer.ts';
import { FailureError } from '../engine/failure.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { requestStream } from '../engine/request.ts';
import type { Logins } from '../logins/logins.ts';
import { emptyPush, foldPush, nextName, type PushState, pushProgress, pushSummary } from './fold-push.ts';
import { followTransfer } from './follow-transfer.ts';
import { trustLoopback } from './trust-loopback.ts';

/**
 * Sends names of images, one after the other, each to the registry it begins with. Rejects unless the registry has named the
 * digest it now holds under each.
 */
export async function pushImages(
  engine: Engine,
  logins: Logins,
  references: string[],
  context: OperationContext,
): Promise<TaskResult & { kind: 'push' }> {
  let state = emptyPush;
  const pushed: PushedName[] = [];
  for (const reference of references) {
    const full = withDefaultTag(reference);
    const { state: now, digest } = await pushName(engine, logins, full, state, context);
    state = nextName(now);
    pushed.push({ reference: full, digest });
  }
  return { kind: 'push', pushed, ...pushSummary(state) };
}

/** Goes on from what is known of the names before: layers they share are sent once. */
async function pushName(
  engine: Engine,
  logins: Logins,
  full: string,
  before: PushState,
  context: OperationContext,
): Promise<{ state: PushState; digest: string }> {
  const parsed = parseReference(full);
  const stream = await requestStream(engine.docker, {
    method: 'POST',
    path: `/images/${repositoryOf(parsed)}/push`,
    query: { tag: parsed.tag, ...trustLoopback(engine, parsed) },
    headers: { 'X-Registry-Auth': await logins.header(parsed.registry) },
    signal: context.signal,
  });
  const state = await followTransfer(stream, { start: before, fold: foldPush, progressOf: pushProgress }, context);
  const digest = state.digest ?? (engine.product === 'Podman' ? await digestOf(engine, full) : undefined);
  if (!digest) throw withoutProof(full);
  return { state, digest };
}

async function digestOf(engine: Engine, reference: string): Promise<string | undefined> {
  const { RepoDigests = [] } = await engine.docker.getImage(reference).inspect();
  const repository = repositoryOf(parseReference(reference));
  return RepoDigests.find((one) => one.startsWith(`${repository}@`))?.split('@')[1];
}

const withoutProof = (reference: string): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: `It is not certain that ${reference} arrived`,
    detail: 'The engine ended the push without naming what the registry now holds.',
    hint: 'Push it again: layers that did arrive are not sent twice.',
  });
