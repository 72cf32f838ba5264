import type { ListRequest } from '../../../../contract/image-list.ts';
import type { TaskResult } from '../../../../contract/task.ts';
import { FailureError } from '../../../foundation/failures/failure.ts';
import type { OperationContext } from '../../../foundation/progress/operation-context.ts';
import { withRetries } from '../../../foundation/registries/blobs/with-retries.ts';
import type { Access } from '../../../foundation/registries/open-repository.ts';
import type { Repository } from '../../../foundation/registries/repository.ts';
import { contentOfRegistry } from '../content-of-registry.ts';
import { copyToRegistry } from '../copy-to-registry.ts';
import type { ContentBlob, ManifestBytes } from '../image-content.ts';
import { makeList } from './list-descriptor.ts';
import { doubled, hasMoved, isGone, nothingToJoin } from './list-words.ts';
import { withPlaces } from './open-sources.ts';
import { engineKey } from './preview-list.ts';
import { type ListChild, readPart } from './read-part.ts';

type Put = TaskResult & { kind: 'put-together' };
/** Has the engine publish an image under a tag beside the list, and gives the name with its digest, and the platform that was meant. */
export type Publish = (reference: string, into: string, context: OperationContext) => Promise<{ reference: string; slot: string }>;

/**
 * Makes one list of images for several platforms and puts it under a name. What comes from elsewhere is brought into the repository first, each
 * part checked by its digest; the name moves last, and only if it still is where the person saw it.
 */
export async function putTogether(request: ListRequest, access: Access, publish: Publish, context: OperationContext): Promise<Put> {
  const { into, parts, chosen, replaces } = request;
  const { signal } = context;
  context.report({ phase: 'comparing' });
  // before anything is pushed
  await withPlaces([into], access, async ([target]) => target && checkName(target.repository, target.version, request), signal);
  const sources: { reference: string; slot?: string }[] = [];
  for (const { from, reference } of parts) {
    if (from === 'registry') sources.push({ reference });
    else if (chosen.includes(engineKey(reference))) sources.push(await publish(reference, into, context));
  }
  return withPlaces(
    [into, ...sources.map(({ reference }) => reference)],
    access,
    async ([target, ...places]) => {
      if (!target) throw new Error('no target');
      const found: ListChild[] = [];
      for (const [at, { repository, version }] of places.entries()) {
        const slot = sources[at]?.slot;
        const children = await readPart(repository, version, signal);
        found.push(...children.filter((child) => (slot === undefined ? chosen.includes(child.listed.digest) : isMeant(child, slot))));
      }
      const children = [...new Map(found.map((child) => [child.listed.digest, child])).values()];
      checkChosen(children, chosen);
      const moved = await bring(children, target.repository, context);
      const list = makeList(
        children.map(({ listed }) => listed),
        children.flatMap(({ statements }) => statements),
      );
      // as late as possible: registries know no condition for a change
      await checkName(target.repository, target.version, request);
      await withRetries(() => target.repository.putManifest(target.version, list, signal), { signal });
      context.log(`${into} is ${list.digest}`);
      const platforms = children.map(({ platform }) => platform);
      return { kind: 'put-together', reference: into, digest: list.digest, ...(replaces && { from: replaces }), platforms, ...moved };
    },
    signal,
  );
}

// an engine doesn't tell the version of Windows that an image is for
const isMeant = (child: ListChild, slot: string): boolean => child.slot.split(' ')[0] === slot;

async function checkName(repository: Repository, tag: string, { into, replaces }: ListRequest): Promise<void> {
  if (((await repository.findDigest(tag)) ?? null) !== replaces) throw new FailureError(hasMoved(into));
}

function checkChosen(children: readonly ListChild[], chosen: readonly string[]): void {
  if (children.length < new Set(chosen).size) throw new FailureError(isGone);
  if (children.length < 2) throw new FailureError(nothingToJoin);
  const slots = new Set<string>();
  for (const { slot, platform } of children) {
    if (slots.has(slot)) throw new FailureError(doubled(platform));
    slots.add(slot);
  }
}

/** Brings the images with what is stated about them into the repository, by their digests. */
async function bring(children: readonly ListChild[], target: Repository, context: OperationContext) {
  const manifests: ManifestBytes[] = [];
  const blobs = new Map<string, ContentBlob>();
  for (const { listed, statements, source } of children) {
    for (const { digest } of [listed, ...statements]) {
      const content = await contentOfRegistry(source, digest, {}, context.signal);
      manifests.push(...content.manifests);
      // it has its own already
      if (source.client.registry === target.client.registry && source.name === target.name) continue;
      for (const blob of content.blobs) blobs.set(blob.digest, blob);
    }
  }
  const root = manifests.at(-1);
  if (!root) throw new FailureError(nothingToJoin);
  const content = { root, manifests, images: [], blobs: [...blobs.values()] };
  return copyToRegistry(content, target, root.digest, context);
}
