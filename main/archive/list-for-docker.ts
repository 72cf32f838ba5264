import type { ArchiveIndex } from '../formats/image-archive/archive-index.ts';
import type { FoundImage } from '../formats/image-archive/found-image.ts';
import { parseConfiguration } from '../formats/manifest.ts';

/**
 * Docker's own image store reads a tarball by its manifest.json only, and finds nothing in a pure OCI layout. The text of the
 * list that is missing there; undefined where there is one, or no image. Names that are kept back stay out of it. That store has
 * one image a name: of those for several platforms it is the engine's.
 */
export function listForDocker(
  { members }: ArchiveIndex,
  images: FoundImage[],
  keptBack: ReadonlySet<string>,
  platform: string,
): Buffer | undefined {
  if (members.has('manifest.json') || !members.has('index.json')) return undefined;
  // lists that have an image for the engine's platform
  const served = new Set(images.filter((image) => isFor(image, platform)).flatMap(({ indexes }) => indexes));
  const fitting = images.filter((image) => isFor(image, platform) || !image.indexes.some((list) => served.has(list)));
  return fitting.length > 0 ? Buffer.from(JSON.stringify(fitting.map((image) => entryOf(image, keptBack)))) : undefined;
}

type Entry = { Config: string; RepoTags: string[] | null; Layers: string[] };

// without the variant, which engines do not tell of themselves
function isFor({ config }: FoundImage, platform: string): boolean {
  const { os, architecture } = parseConfiguration(Buffer.from(config.text).toString('utf8'));
  return `${os}/${architecture}` === platform;
}

function entryOf({ config, layers, references }: FoundImage, keptBack: ReadonlySet<string>): Entry {
  const given = references.filter((name) => !keptBack.has(name));
  const paths = layers.flatMap(({ digest }) => (digest ? [blobPath(digest)] : []));
  return { Config: blobPath(config.digest), RepoTags: given.length > 0 ? given : null, Layers: paths };
}

const blobPath = (digest: string): string => `blobs/${digest.replace(':', '/')}`;
