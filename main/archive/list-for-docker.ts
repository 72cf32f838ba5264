import { ArchiveIndex } from '../formats/image-archive/archive-index.ts';
import { findImages } from '../formats/image-archive/find-images.ts';
import type { FoundImage } from '../formats/image-archive/found-image.ts';
import { parseConfiguration } from '../formats/manifest.ts';
import type { TarPiece } from '../formats/tar/tar-cutter.ts';

/**
 * Docker's own image store reads a tarball by its manifest.json only, and finds nothing in a pure OCI layout. Watches a tarball
 * stream by, and where it is one, makes the list that is missing.
 */
export class ListForDocker {
  readonly #index = new ArchiveIndex();

  see(piece: TarPiece): void {
    this.#index.take(piece);
  }

  /**
   * The text of manifest.json, or undefined where there is one, or no image. Names that are kept back stay out of it. Docker's own
   * store has one image a name: of those for several platforms it is the engine's.
   */
  make(keptBack: ReadonlySet<string>, platform: string): Buffer | undefined {
    const { members } = this.#index;
    if (members.has('manifest.json') || !members.has('index.json')) return undefined;
    const images = findImages(this.#index)?.images ?? [];
    // lists that have an image for the engine's platform
    const served = new Set(images.filter((image) => isFor(image, platform)).flatMap(({ indexes }) => indexes));
    const fitting = images.filter((image) => isFor(image, platform) || !image.indexes.some((list) => served.has(list)));
    return fitting.length > 0 ? Buffer.from(JSON.stringify(fitting.map((image) => entryOf(image, keptBack)))) : undefined;
  }
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
