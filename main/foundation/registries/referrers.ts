import * as z from 'zod';
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

/** How many things about a manifest a registry lists whose type is wanted. None where it lists none. */
export async function countReferrers(
  repository: Repository,
  digest: string,
  isWanted: (artifactType: string) => boolean,
  signal?: AbortSignal,
): Promise<number> {
  return (await listReferrers(repository, digest, signal)).filter(({ artifactType }) => isWanted(artifactType)).length;
}

/** What a registry lists about a manifest, with the type of each; empty where it lists nothing. */
export async function listReferrers(repository: Repository, digest: string, signal?: AbortSignal): Promise<Referrer[]> {
  const listed = await askReferrers(repository, digest, signal);
  if (listed) return listed;
  const list = (await repository.findManifest(referrersTag(digest), signal))?.bytes;
  return (list && referrersIn(list)) ?? [];
}

export type Referrer = { digest: string; artifactType: string };

/** The same by the registry's own list; undefined if it keeps none, and such lists are under tags. */
export async function askReferrers(repository: Repository, digest: string, signal?: AbortSignal): Promise<Referrer[] | undefined> {
  const { bytes, statusCode } = await repository.client.read(
    {
      method: 'GET',
      url: `/v2/${repository.name}/referrers/${digest}`,
      scopes: repository.pull,
      headers: { accept: mediaTypes.index },
      accept: [200, 400, 404, 405],
      signal,
    },
    longestList,
  );
  return statusCode === 200 ? (referrersIn(bytes) ?? []) : undefined;
}

function referrersIn(list: Buffer): Referrer[] | undefined {
  const read = Listed.safeParse(parsed(list.toString('utf8')));
  return read.success ? read.data.manifests : undefined;
}

/** The most bytes in a list of what is about a manifest. */
const longestList = 4 * 1024 * 1024;

const Listed = z.object({
  manifests: z.array(z.object({ digest: z.string().max(200).catch(''), artifactType: z.string().max(200).catch('') })),
});

// a registry that knows no such lists may answer with a page
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
