import { ArchiveIndex } from '../formats/image-archive/archive-index.ts';
import { findImages } from '../formats/image-archive/find-images.ts';
import type { FoundImage } from '../formats/image-archive/found-image.ts';
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

  /** The text of manifest.json, or undefined where there is one, or no image. Names that are kept back stay out of it. */
  make(keptBack: ReadonlySet<string>): Buffer | undefined {
    const { members } = this.#index;
    if (members.has('manifest.json') || !members.has('index.json')) return undefined;
    const images = findImages(this.#index)?.images ?? [];
    const entries = images.flatMap((image) => entryOf(image, keptBack));
    return entries.length > 0 ? Buffer.from(JSON.stringify(entries)) : undefined;
  }
}

type Entry = { Config: string; RepoTags: string[] | null; Layers: string[] };

function entryOf({ config, layers, references }: FoundImage, keptBack: ReadonlySet<string>): Entry[] {
  const paths = layers.map(({ digest }) => digest && blobPath(digest)).filter((path) => path !== undefined);
  const given = references.filter((name) => !keptBack.has(name));
  return [{ Config: blobPath(config.digest), RepoTags: given.length > 0 ? given : null, Layers: paths as string[] }];
}

const blobPath = (digest: string): string => `blobs/${digest.replace(':', '/')}`;
