import { digestOf } from '../formats/digest.ts';
import { type Descriptor, type ImageIndex, mediaTypes, parseManifest } from '../formats/manifest.ts';
import type { FoundManifest, Repository } from './repository.ts';

/**
 * Adds a manifest about another one (a signature, a bill of materials) to the list under the tag that stands for the other. This
 * is for registries that do not do so by themselves (distribution-spec 1.1, "Pushing Manifests with Subject").
 */
export async function enterReferrer(
  repository: Repository,
  subject: Descriptor,
  { digest, mediaType, bytes }: Pick<FoundManifest, 'digest' | 'mediaType' | 'bytes'>,
  signal?: AbortSignal,
): Promise<void> {
  const tag = referrersTag(subject.digest);
  const found = await repository.findManifest(tag, signal);
  const before = found?.manifest.kind === 'index' ? found.manifest.manifests : [];
  if (before.some((one) => one.digest === digest)) return;
  const list = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [...before, describe({ digest, mediaType, bytes })] };
  const text = Buffer.from(JSON.stringify(list));
  await repository.putManifest(tag, { bytes: text, mediaType: mediaTypes.index, digest: digestOf(text) }, signal);
}

/** The tag that stands for a digest: `sha256-…`. */
export const referrersTag = (digest: string): string => {
  const [algorithm = '', hash = ''] = digest.split(':');
  return `${algorithm.slice(0, 32)}-${hash.slice(0, 64)}`.replace(/[^\w.-]/g, '-');
};

type Entry = ImageIndex['manifests'][number] & { artifactType?: string };

function describe({ digest, mediaType, bytes }: Pick<FoundManifest, 'digest' | 'mediaType' | 'bytes'>): Entry {
  const manifest = parseManifest(bytes.toString('utf8'));
  const entry: Entry = { mediaType, digest, size: bytes.length };
  if (manifest.kind === 'index') return entry;
  const { artifactType = manifest.config.mediaType, annotations } = manifest;
  return { ...entry, artifactType, ...(annotations && { annotations }) };
}
