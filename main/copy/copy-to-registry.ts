import pLimit from 'p-limit';
import { enterReferrer } from '../distribution/referrers.ts';
import type { Repository } from '../distribution/repository.ts';
import { uploadBlob } from '../distribution/upload-blob.ts';
import { withRetries } from '../distribution/with-retries.ts';
import type { OperationContext } from '../engine/operation.ts';
import { parseManifest } from '../formats/manifest.ts';
import { CopyProgress } from './copy-progress.ts';
import type { ContentBlob, ImageContent, ManifestBytes } from './image-content.ts';

/** Blobs on their way at the same time. */
const atOnce = 3;

/**
 * Puts content into a repository under a tag. What is there already is not sent, what another repository of the registry has
 * is taken from there, and the tag appears only when everything it stands for has arrived.
 */
export async function copyToRegistry(content: ImageContent, target: Repository, tag: string, context: OperationContext) {
  const { signal, log } = context;
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
    // the others would go on sending for nothing
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
