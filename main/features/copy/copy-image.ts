import { arch } from 'node:os';
import type { TaskResult } from '../../../contract/task.ts';
import { FailureError } from '../../foundation/failures/failure.ts';
import { checkSpace } from '../../foundation/files/check-space.ts';
import { packersFor } from '../../foundation/formats/packing/packers.ts';
import { openImageArchive } from '../../foundation/image-archive/open-image-archive.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import type { Receipt, StoredLayer } from '../../foundation/receipts/receipt.ts';
import { type Access, withRepository } from '../../foundation/registries/open-repository.ts';
import type { Repository } from '../../foundation/registries/repository.ts';
import { contentOfArchive, type KnownPacked, type Pack } from './content-of-archive.ts';
import { contentOfRegistry, type PlatformChoice } from './content-of-registry.ts';
import { copyToArchive } from './copy-to-archive.ts';
import { copyToRegistry } from './copy-to-registry.ts';
import type { ImageContent } from './image-content.ts';
import { knownThere } from './known-packed.ts';
import { findLeftOut } from './left-out.ts';
import { packLayer } from './packed-layer.ts';

/** Where an image is copied from without an engine, with grants already replaced by paths. */
export type CopyFrom =
  | ({ kind: 'registry'; reference: string } & PlatformChoice)
  | { kind: 'archive'; path: string; image: number; id?: string | undefined };

/** Writes a file under a temporary name and gives it its final name once `write` has succeeded. */
export type WriteFile = <T>(target: string, write: (partial: string) => Promise<T>) => Promise<T & { bytes: number }>;

type Copied = TaskResult & { kind: 'copy' };

/** Copies from a registry or a tarball to a registry, digest by digest. Rejects unless the registry has all of it. */
export function copyIntoRegistry(from: CopyFrom, target: string, access: Access, context: OperationContext): Promise<Copied> {
  context.report({ phase: 'comparing' });
  return withRepository(
    target,
    access,
    async (repository, tag) => {
      if (tag.startsWith('sha256:')) throw needsTag(target);
      const known = (stored: readonly StoredLayer[]) => knownThere(repository, { tag, stored }, context.signal);
      const moved = await withContent(from, access, { known, pack: packing(context) }, context.signal, async (content) => ({
        digest: content.root.digest,
        ...(await copyToRegistry(content, repository, tag, context)),
      }));
      for (const warning of repository.client.warnings) context.log(`${repository.client.registry} says: ${warning}`);
      return { kind: 'copy', reference: target, ...moved };
    },
    context.signal,
  );
}

/** The same source for a tarball, which takes one image from a list: by default the one for this computer. */
export const forOnePlatform = <From extends CopyFrom>(from: From): From => ({
  ...from,
  preferred: `linux/${arch() === 'x64' ? 'amd64' : arch()}`,
});

/** A file and how it comes about; with a receipt, without the layers of that computer. */
export type FileTarget = { path: string; write: WriteFile; receipt?: Receipt | undefined };

/** Copies from a registry into a tarball that every engine can load. */
export async function copyIntoArchive(
  from: CopyFrom & { kind: 'registry' },
  { path: target, write, receipt }: FileTarget,
  access: Access,
  context: OperationContext,
): Promise<Copied> {
  context.report({ phase: 'comparing' });
  const nothing = { known: async () => new Map(), pack: packing(context) };
  return withContent(forOnePlatform(from), access, nothing, context.signal, async (content) => {
    const names = from.reference.includes('@') ? [] : [from.reference];
    const leftOut = receipt && (await findLeftOut(content, receipt, context.signal));
    await checkSpace(
      target,
      content.blobs.reduce((sum, { digest, size }) => sum + (leftOut?.digests.has(digest) ? 0 : size), 0),
    );
    const moved = await write(target, (path) => copyToArchive(content, names, { path, packers: packersFor(target), leftOut }, context));
    return { kind: 'copy', path: target, digest: content.root.digest, ...moved };
  });
}

/** Packs layers and reports the progress: with a nearby registry, packing is the longer part of the work. */
function packing({ report }: OperationContext): Pack {
  let done = 0;
  return (layer, signal) =>
    packLayer(layer, signal, (bytes) => {
      done += bytes;
      report({ phase: 'comparing', bytes: { done } });
    });
}

/** Reads the image's manifests, and keeps its source open while `use` runs. */
export async function withContent<T>(
  from: CopyFrom,
  access: Access,
  { known, pack }: { known(stored: readonly StoredLayer[]): Promise<KnownPacked>; pack: Pack },
  signal: AbortSignal,
  use: (content: ImageContent, source?: Repository) => Promise<T>,
): Promise<T> {
  if (from.kind === 'registry') {
    return withRepository(
      from.reference,
      access,
      async (source, version) => use(await contentOfRegistry(source, version, from, signal), source),
      signal,
    );
  }
  const { images, stored } = await openImageArchive(from.path, signal);
  const image = images[from.image];
  if (!image || (from.id !== undefined && image.config.digest !== from.id)) throw changed();
  return use(await contentOfArchive(image, await known(stored), pack, signal));
}

const needsTag = (target: string): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: `${target} names a digest`,
    detail: 'The digest follows from what is copied, so you can’t choose it.',
    hint: 'End the name with a tag, such as “:1.0”.',
  });

const changed = (): FailureError =>
  new FailureError({
    kind: 'bad-archive',
    title: 'The file has changed',
    detail: 'It now holds other images than when Layerdeck looked into it. Nothing was copied.',
    hint: 'Open it again.',
  });
