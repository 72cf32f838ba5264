import { parseReference, repositoryOf, withDefaultTag } from '../../contract/reference.ts';
import type { TaskResult } from '../../contract/task.ts';
import type { PushedName } from '../../contract/transfer.ts';
import { type Access, placeOf, withRepository } from '../distribution/open-repository.ts';
import { FailureError, toFailure } from '../engine/failure.ts';
import type { Engine } from '../engine/open-engine.ts';
import type { OperationContext } from '../engine/operation.ts';
import { requestStream } from '../engine/request.ts';
import { shortDigest } from '../formats/digest.ts';
import { toHeader } from '../logins/credentials.ts';
import { askingRegistry } from './asking-registry.ts';
import { emptyPush, foldPush, hasUncounted, nextName, type PushState, pushProgress, pushSummary, withSizes } from './fold-push.ts';
import { followTransfer } from './follow-transfer.ts';
import { trustLoopback } from './trust-loopback.ts';

/**
 * Sends names of images, one after the other, each to the registry it begins with. Rejects unless the registry has named the
 * digest it now holds under each.
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
      throw references.length > 1 ? turnedAway(full, pushed, error) : error;
    });
    state = nextName(now);
    pushed.push({ reference: full, digest });
    onPushed(reference);
  }
  return { kind: 'push', pushed, ...pushSummary(state) };
}

/** Goes on from what is known of the names before: layers they share are sent once. */
async function pushName(
  engine: Engine,
  access: Access,
  full: string,
  before: PushState,
  context: OperationContext,
): Promise<{ state: PushState; digest: string }> {
  const parsed = parseReference(full);
  const login = await access.logins.find(parsed.registry);
  const state = await askingRegistry({ reference: full, writes: true, hadLogin: login !== undefined }, async () => {
    const stream = await requestStream(engine.docker, {
      method: 'POST',
      path: `/images/${repositoryOf(parsed)}/push`,
      query: { tag: parsed.tag, ...trustLoopback(engine, parsed) },
      // an empty login where there is none: push refuses a missing header
      headers: { 'X-Registry-Auth': toHeader(login ?? {}) },
      signal: context.signal,
    });
    return followTransfer(stream, { start: before, fold: foldPush, progressOf: pushProgress }, context);
  });
  const digest = state.digest ?? (engine.product === 'Podman' ? await digestOf(engine, full) : undefined);
  if (!digest) throw withoutProof(full);
  return { state: hasUncounted(state) ? withSizes(state, await sizesThere(full, digest, access)) : state, digest };
}

// containerd's store tells nothing of a layer that is quickly sent; that it stays unknown is no reason to fail
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
  const { RepoDigests = [] } = await engine.docker.getImage(reference).inspect();
  const repository = repositoryOf(parseReference(reference));
  return RepoDigests.find((one) => one.startsWith(`${repository}@`))?.split('@')[1];
}

/** Of several names: which it was, whose registry, and which are published all the same. */
function turnedAway(full: string, pushed: PushedName[], error: unknown): FailureError {
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
    title: `It is not certain that ${reference} arrived`,
    detail: 'The engine ended the push without naming what the registry now holds.',
    hint: 'Push it again: layers that did arrive are not sent twice.',
  });
