import pLimit from 'p-limit';
import { parseManifest } from '../../foundation/formats/manifest.ts';
import type { OperationContext } from '../../foundation/progress/operation-context.ts';
import { uploadBlob } from '../../foundation/registries/blobs/upload-blob.ts';
import { withRetries } from '../../foundation/registries/blobs/with-retries.ts';
import { enterReferrer } from '../../foundation/registries/referrers.ts';
import type { Repository } from '../../foundation/registries/repository.ts';
import { CopyProgress } from './copy-progress.ts';
import type { ContentBlob, ImageContent, ManifestBytes } from './image-content.ts';
import { requireOnlyThere } from './only-there.ts';

/** How many blobs are sent at the same time. */
const atOnce = 3;

/**
 * Puts content into a repository under a tag. Blobs that are already there are not sent, blobs in another repository of the
 * same registry are mounted from there, and the tag appears only once everything it refers to has arrived.
 */
export async function copyToRegistry(content: ImageContent, target: Repository, tag: string, context: OperationContext) {
  const { signal, log } = context;
  await requireOnlyThere(content.blobs, target, signal);
  const progress = new CopyProgress(content.blobs, 'uploading', context.report);
  const limit = pLimit(atOnce);
  const stop = new AbortController();
  const until = AbortSignal.any([signal, stop.signal]);
  const copies = content.blobs.map((blob) =>
    limit(() => {
      until.throwIfAborted();
      return copyBlob(blob, target, progress, { ...context, signal: until });
    }),
  );
  try {
    await Promise.all(copies);
  } catch (error) {
    // otherwise the others would keep sending for nothing
    stop.abort();
    await Promise.allSettled(copies);
    throw error;
  }
  progress.finishing();
  for (const manifest of content.manifests) {
    const name = manifest === content.root ? tag : manifest.digest;
    await withRetries(() => putManifest(target, name, manifest, signal), { signal });
    log(`${target.client.registry}/${target.name}: ${name} is ${manifest.digest}`);
  }
  return progress.summary();
}

async function putManifest(target: Repository, name: string, manifest: ManifestBytes, signal: AbortSignal): Promise<void> {
  const isListed = await target.putManifest(name, manifest, signal);
  const found = parseManifest(manifest.bytes.toString('utf8'));
  const subject = 'subject' in found ? found.subject : undefined;
  if (subject && !isListed) await enterReferrer(target, subject, manifest, signal);
}

async function copyBlob(blob: ContentBlob, target: Repository, progress: CopyProgress, { signal, log }: OperationContext): Promise<void> {
  const { digest, at } = blob;
  const onWait = (seconds: number) => progress.waiting(digest, seconds);
  if (await withRetries(() => target.hasBlob(blob, signal), { signal, onWait })) {
    progress.ended(digest, 'there-already');
    log(`${digest}: already there`);
    return;
  }
  const mountFrom = at?.registry === target.client.registry ? at.repository : undefined;
  const how = await uploadBlob(target, blob, { signal, onWait, mountFrom, onBytes: (done) => progress.moved(digest, done) });
  if (how === 'mounted') progress.ended(digest, 'mounted', mountFrom);
  else progress.ended(digest, 'done');
  log(`${digest}: ${how}`);
}
