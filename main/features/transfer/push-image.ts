import { parseReference, repositoryOf, withDefaultTag } from '../../../contract/reference.ts';
import type { TaskResult } from '../../../contract/task.ts';
import type { PushedName } from '../../../contract/transfer.ts';
import { inspectImage } from '../../foundation/engine/answers/image-answers.ts';
import type { Engine } from '../../foundation/engine/open-engine.ts';
import { requestStream } from '../../foundation/engine/request.ts';
import { FailureError, toFailure } from '../../foundation/failures/failure.ts';
import { shortDigest } from '../../foundation/formats/digest.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { toHeader } from '../../foundation/registries/logins/credentials.ts';
import { loginForEngine } from '../../foundation/registries/logins/login-for-engine.ts';
import { type Access, placeOf, withRepository } from '../../foundation/registries/open-repository.ts';
import { emptyPush, foldPush, hasUncounted, nextName, type PushState, pushProgress, pushSummary, withSizes } from './fold-push.ts';
import { followTransfer } from './follow-transfer.ts';
import { trustLoopback } from './trust-loopback.ts';
import { withRegistryErrors } from './with-registry-errors.ts';

/**
 * Pushes names of images, one after the other, each to the registry it begins with. Rejects unless the registry confirms the
 * digest it now has under each name.
 */
export async function pushImages(
  engine: Engine,
  access: Access,
  references: string[],
  context: OperationContext,
  onPushed: (reference: string) => void = () => {},
): Promise<TaskResult & { kind: 'push' }> {
  let state = emptyPush;
  const pushed: PushedName[] = [];
  for (const reference of references) {
    const full = withDefaultTag(reference);
    const { state: now, digest } = await pushName(engine, access, full, state, context).catch((error) => {
      context.signal.throwIfAborted();
      throw references.length > 1 ? describeRefusal(full, pushed, error) : error;
    });
    state = nextName(now);
    pushed.push({ reference: full, digest });
    onPushed(reference);
  }
  return { kind: 'push', pushed, ...pushSummary(state) };
}

/** Continues from the state of earlier names, as layers they share are sent once. */
async function pushName(
  engine: Engine,
  access: Access,
  full: string,
  before: PushState,
  context: OperationContext,
): Promise<{ state: PushState; digest: string }> {
  const parsed = parseReference(full);
  const login = await loginForEngine(engine, access.logins, parsed.registry);
  const state = await withRegistryErrors({ reference: full, writes: true, hadLogin: login !== undefined }, async () => {
    const stream = await requestStream(engine.docker, {
      method: 'POST',
      path: `/images/${repositoryOf(parsed)}/push`,
      query: { tag: parsed.tag, ...trustLoopback(engine, access.logins, parsed) },
      // an empty login if there is none, as a push without the header is refused
      headers: { 'X-Registry-Auth': toHeader(login ?? {}) },
      signal: context.signal,
    });
    return followTransfer(stream, { start: before, fold: foldPush, progressOf: pushProgress }, context);
  });
  const digest = state.digest ?? (engine.product === 'Podman' ? await digestOf(engine, full) : undefined);
  if (!digest) throw withoutProof(full);
  if (!hasUncounted(state)) return { state, digest };
  const counted = withSizes(state, await sizesThere(full, digest, access));
  context.report(pushProgress(counted));
  return { state: counted, digest };
}

// the containerd store reports nothing about a layer that is sent quickly; an unknown size is no reason to fail
async function sizesThere(full: string, digest: string, access: Access): Promise<ReadonlyMap<string, number>> {
  try {
    const { manifest } = await withRepository(full, access, (repository) => repository.manifest(digest, AbortSignal.timeout(5000)));
    const blobs = manifest.kind === 'image' ? manifest.layers : [];
    return new Map(blobs.map((blob) => [shortDigest(blob.digest), blob.size]));
  } catch {
    return new Map();
  }
}

async function digestOf(engine: Engine, reference: string): Promise<string | undefined> {
  const { RepoDigests } = await inspectImage(engine, reference);
  const repository = repositoryOf(parseReference(reference));
  return RepoDigests.find((one) => one.startsWith(`${repository}@`))?.split('@')[1];
}

/** For several names: which one was refused, by which registry, and which are already published. */
function describeRefusal(full: string, pushed: PushedName[], error: unknown): FailureError {
  const failure = toFailure(error);
  const before = pushed.map(({ reference }) => reference).join(', ');
  return new FailureError({
    ...failure,
    detail: `${failure.detail} This was about ${full}.${before && ` Already published: ${before}.`}`,
    ...(failure.kind === 'sign-in' && { registry: failure.registry ?? placeOf(full).registry }),
  });
}

const withoutProof = (reference: string): FailureError =>
  new FailureError({
    kind: 'unknown',
    title: `Layerdeck can’t tell whether ${reference} arrived`,
    detail: 'The engine ended the push without saying what the registry now has.',
    hint: 'Push it again. Layers that did arrive aren’t sent twice.',
  });
