import type { PlatformSize } from '../../../contract/transfer.ts';
import { FailureError } from '../failures/failure.ts';
import { readImageFacts } from '../formats/image-settings.ts';
import {
  type Descriptor,
  type ImageConfiguration,
  type ImageManifest,
  isAttestation,
  isImage,
  parseConfiguration,
  platformWords,
} from '../formats/manifest.ts';
import { readInstructions } from '../formats/read-instructions.ts';
import type { FoundManifest, Repository } from './repository.ts';

/** The most bytes in an image's configuration. */
const longestConfiguration = 8 * 1024 * 1024;

export type RemoteImage = {
  /** The digest of the image's own manifest, not of a list that contains it. */
  digest: string;
  config: Descriptor;
  layers: Descriptor[];
  diffIds: string[];
  platform: string;
  /** What made each layer, the lowest first; empty if the image doesn't say. */
  instructions: string[];
  /** What its configuration says of it. */
  facts: RemoteFacts;
};

type RemoteFacts = ReturnType<typeof readImageFacts>;

export type RemotePlatform = PlatformSize & { digest: string };

/** An image in a repository with its configuration; both are checked against their digests. */
export async function readRemoteImage(repository: Repository, digest: string, signal?: AbortSignal): Promise<RemoteImage> {
  const found = await repository.manifest(digest, signal);
  if (found.manifest.kind !== 'image') throw notAnImage(digest);
  return describeImage(repository, found.digest, found.manifest, signal);
}

/** The wanted platform, or the engine's; the variant is ignored if there is no exact match. A single image is used as it is. */
export function choosePlatform(platforms: RemotePlatform[], wanted: string | undefined, engines: string): RemotePlatform | undefined {
  const [only] = platforms;
  if (!wanted && platforms.length === 1) return only;
  const sought = wanted ?? engines;
  return (
    platforms.find(({ platform }) => platform === sought) ??
    platforms.find(({ platform }) => platform.startsWith(`${sought}/`)) ??
    platforms.find(({ platform }) => sought.startsWith(`${platform}/`))
  );
}

/** The image behind a digest; if it is a list's, the image for a platform, or undefined if there is none. */
export async function findRemoteImage(
  repository: Repository,
  digest: string,
  platform: string,
  signal?: AbortSignal,
): Promise<RemoteImage | undefined> {
  const found = await repository.manifest(digest, signal);
  if (found.manifest.kind === 'image') return describeImage(repository, found.digest, found.manifest, signal);
  const chosen = choosePlatform(await listPlatforms(repository, found, false, signal), undefined, platform);
  return chosen && readRemoteImage(repository, chosen.digest, signal);
}

/** Every image under a name, by platform. Sizes need a request for each image, and some registries count requests. */
export async function listPlatforms(
  repository: Repository,
  { digest, manifest }: FoundManifest,
  withSizes: boolean,
  signal?: AbortSignal,
): Promise<RemotePlatform[]> {
  if (manifest.kind === 'image') {
    const { platform } = await describeImage(repository, digest, manifest, signal);
    return [{ platform, digest, size: sum(manifest.layers) }];
  }
  const images = manifest.manifests.filter((one) => !isAttestation(one)).slice(0, 50);
  return Promise.all(
    images.map(async (one) => {
      const named = { platform: one.platform ? platformWords(one.platform) : 'unknown', digest: one.digest };
      if (!withSizes) return named;
      const { manifest: inner } = await repository.manifest(one.digest, signal);
      return { ...named, ...(inner.kind === 'image' && { size: sum(inner.layers) }) };
    }),
  );
}

/** The image of a manifest that was read already. Rejects if it is none. */
export async function describeImage(
  repository: Repository,
  digest: string,
  manifest: ImageManifest,
  signal?: AbortSignal,
): Promise<RemoteImage> {
  const { config, layers } = manifest;
  // registries also store charts and signatures
  if (!isImage(manifest)) throw notAnImage(digest);
  const { configuration, instructions, facts } = await readConfiguration(repository, config, signal);
  return { digest, config, layers, diffIds: configuration.rootfs.diff_ids, platform: platformWords(configuration), instructions, facts };
}

async function readConfiguration(
  repository: Repository,
  { digest }: Descriptor,
  signal?: AbortSignal,
): Promise<{ configuration: ImageConfiguration; instructions: string[]; facts: RemoteFacts }> {
  const text = (await repository.blob(digest, longestConfiguration, signal)).toString('utf8');
  try {
    return { configuration: parseConfiguration(text), instructions: readInstructions(text), facts: readImageFacts(text) };
  } catch {
    throw notAnImage(digest);
  }
}

const sum = (layers: Descriptor[]): number => layers.reduce((total, { size }) => total + size, 0);

const notAnImage = (digest: string): FailureError =>
  new FailureError({
    kind: 'not-found',
    title: 'There’s something with that name, but it isn’t an image',
    detail: `Registries also store other things, such as charts and signatures. ${digest} doesn’t describe an image’s layers.`,
    hint: 'Check the name and the tag.',
  });
