import pLimit from 'p-limit';
import { FailureError } from '../../foundation/failures/failure.ts';
import { type Descriptor, type ImageManifest, isAttestation, platformWords } from '../../foundation/formats/manifest.ts';
import { choosePlatform } from '../../foundation/registries/remote-image.ts';
import type { FoundManifest, Repository } from '../../foundation/registries/repository.ts';
import type { ContentBlob, ContentImage, ImageContent } from './image-content.ts';

/** How many manifests are requested at the same time. */
const atOnce = 6;

/** What to take from a list of images: the one for `platform`; else the one nearest to `preferred`; else every image. */
export type PlatformChoice = { platform?: string | undefined; preferred?: string | undefined };

/** Reads the manifests of an image in a registry; for a list, those of every image or only of the chosen one. */
export async function contentOfRegistry(
  repository: Repository,
  version: string,
  choice: PlatformChoice,
  signal: AbortSignal,
): Promise<ImageContent> {
  const named = await repository.manifest(version, signal);
  const platform = platformFor(named, choice);
  const root = await chooseRoot(repository, named, platform, signal);
  const { manifest } = root;
  const limit = pLimit(atOnce);
  const inner =
    manifest.kind === 'index'
      ? await Promise.all(
          manifest.manifests.map((one) => limit(async () => ({ one, found: await repository.manifest(one.digest, signal) }))),
        )
      : [];
  if (inner.some(({ found }) => found.manifest.kind === 'index')) throw tooDeep();
  const runnable = manifest.kind === 'image' ? [{ found: root, platform: platform ?? 'unknown' }] : platformsOf(inner);
  const blobs = new Map<string, ContentBlob>();
  for (const found of [root, ...inner.map((one) => one.found)]) {
    if (found.manifest.kind === 'image') for (const blob of blobsOf(repository, found.manifest)) blobs.set(blob.digest, blob);
  }
  return { root, manifests: [...inner.map(({ found }) => found), root], images: runnable.map(imageOf), blobs: [...blobs.values()] };
}

/** The failure for a list that has lists in it. */
export const tooDeep = (): FailureError =>
  new FailureError({
    kind: 'invalid-input',
    title: 'This list of images contains more lists',
    detail: 'Layerdeck copies images and lists of images for several platforms.',
    hint: 'Choose one platform, or copy the inner lists by their digests.',
  });

function platformFor({ manifest }: FoundManifest, { platform, preferred }: PlatformChoice): string | undefined {
  if (platform !== undefined || preferred === undefined || manifest.kind === 'image') return platform;
  const listed = manifest.manifests.flatMap((one) =>
    one.platform && !isAttestation(one) ? [{ platform: platformWords(one.platform), digest: one.digest }] : [],
  );
  return (choosePlatform(listed, undefined, preferred) ?? listed[0])?.platform;
}

async function chooseRoot(
  repository: Repository,
  found: FoundManifest,
  platform: string | undefined,
  signal: AbortSignal,
): Promise<FoundManifest> {
  const { manifest } = found;
  if (platform === undefined || manifest.kind === 'image') return found;
  const images = manifest.manifests.filter((one) => !isAttestation(one));
  const chosen = images.find((one) => one.platform && platformWords(one.platform) === platform);
  if (chosen) return repository.manifest(chosen.digest, signal);
  throw new FailureError({
    kind: 'not-found',
    title: `The image isn’t available for ${platform}`,
    detail: `The registry has it for ${images.map((one) => (one.platform ? platformWords(one.platform) : 'unknown')).join(', ')}.`,
    hint: 'Choose one of these.',
  });
}

type Inner = { one: Descriptor & { platform?: Parameters<typeof platformWords>[0] | undefined }; found: FoundManifest };

const platformsOf = (inner: Inner[]) =>
  inner
    .filter(({ one }) => !isAttestation(one))
    .map(({ one, found }) => ({ found, platform: one.platform ? platformWords(one.platform) : 'unknown' }));

function imageOf({ found, platform }: { found: FoundManifest; platform: string }): ContentImage {
  const { config, layers } = found.manifest as ImageManifest;
  return { manifest: found, config: config.digest, layers: layers.map(({ digest }) => digest), platform };
}

function blobsOf(repository: Repository, { config, layers }: ImageManifest): ContentBlob[] {
  const at = { registry: repository.client.registry, repository: repository.name };
  const blob = (kind: ContentBlob['kind'], { digest, size, mediaType }: Descriptor): ContentBlob => ({
    kind,
    digest,
    size,
    mediaType,
    at,
    open: (from, signal) => repository.readBlob(digest, from, signal),
  });
  // a layer with its own addresses may not be redistributed (Windows' base layers)
  return [blob('config', config), ...layers.filter(({ urls }) => !urls?.length).map((layer) => blob('layer', layer))];
}
