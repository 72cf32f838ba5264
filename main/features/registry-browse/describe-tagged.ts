import type { TagDetails } from '../../../contract/registry-browse.ts';
import { isAttestation } from '../../foundation/formats/manifest.ts';
import {
  choosePlatform,
  describeImage,
  listPlatforms,
  type RemoteImage,
  readRemoteImage,
} from '../../foundation/registries/remote-image.ts';
import type { Repository } from '../../foundation/registries/repository.ts';
import { whatItIs } from './what-it-is.ts';

/** How many of a list's platforms are named. */
const mostPlatforms = 40;

/**
 * What a registry has under a digest. Of a list, size and date are those of the engine's platform, or of the first: one more request, and not one
 * for each.
 */
export async function describeTagged(
  repository: Repository,
  digest: string,
  platform: string,
  signal?: AbortSignal,
): Promise<{ details: TagDetails; image?: RemoteImage }> {
  const found = await repository.manifest(digest, signal);
  const { manifest } = found;
  const what = whatItIs(manifest);
  if (manifest.kind === 'image') {
    if (what.kind !== 'image') return { details: { digest, ...what, size: sizeOf(manifest.layers), ids: [digest] } };
    const image = await describeImage(repository, digest, manifest, signal);
    return {
      details: { digest, ...what, platforms: [shown(image.platform)], ...factsOf(image), ids: [digest, image.config.digest] },
      image,
    };
  }
  const platforms = (await listPlatforms(repository, found, false, signal)).slice(0, mostPlatforms);
  const chosen = choosePlatform(platforms, undefined, platform) ?? platforms[0];
  // a list without images: what is attached to something else
  if (!chosen) return { details: { digest, kind: manifest.manifests.some(isAttestation) ? 'attestation' : 'list', ids: [digest] } };
  const image = await readRemoteImage(repository, chosen.digest, signal).catch((error) => {
    signal?.throwIfAborted();
    // a list may hold what is no image, and may be whole in all else
    if (platforms.length > 1) return undefined;
    throw error;
  });
  const ids = [digest, ...platforms.map((one) => one.digest), ...(image ? [image.config.digest] : [])];
  const names = platforms.map((one) => shown(one.platform));
  return {
    details: { digest, ...what, platforms: names, ...(image && { sizeFor: shown(chosen.platform), ...factsOf(image) }), ids },
    ...(image && { image }),
  };
}

// an image may say anything of itself
const shown = (platform: string): string => platform.slice(0, 60);

const factsOf = ({ layers, facts: { createdAt } }: RemoteImage): Pick<TagDetails, 'size' | 'createdAt'> => ({
  size: sizeOf(layers),
  ...(createdAt > 0 && { createdAt }),
});

const sizeOf = (layers: readonly { size: number }[]): number => layers.reduce((sum, { size }) => sum + size, 0);
