import type { ImageSummary } from '../../../contract/image.ts';
import { groupReferences, imageName, type RepositoryTags, splitReference } from '../../desk/image-name.ts';

/** An image as the list shows it, with everything that can be worked out beforehand. */
export type ImageRow = {
  image: ImageSummary;
  id: string;
  /** First reference, else its digest in a registry, else "untagged image c3d4e89a01f2". */
  name: string;
  groups: RepositoryTags[];
  /** The newer tag of the same repository, where this image is an old `latest`. */
  newerThanLatest?: string;
  /** Lower case, for the search. */
  searchText: string;
};

export function deriveRows(images: ImageSummary[]): ImageRow[] {
  const newest = newestTags(images);
  return images.map((image) => ({
    image,
    id: image.id,
    name: imageName(image),
    groups: groupReferences(image.references),
    newerThanLatest: newerThanLatest(image, newest),
    searchText: `${image.references.join(' ')} ${image.digests.join(' ')} ${image.id}`.toLowerCase(),
  }));
}

type Newest = Map<string, { tag: string; createdAt: number }>;

function newestTags(images: ImageSummary[]): Newest {
  const newest: Newest = new Map();
  for (const { references, createdAt } of images) {
    for (const reference of references) {
      const { repository, tag } = splitReference(reference);
      const known = newest.get(repository);
      if (!known || createdAt > known.createdAt) newest.set(repository, { tag, createdAt });
    }
  }
  return newest;
}

function newerThanLatest({ references, createdAt }: ImageSummary, newest: Newest): string | undefined {
  if (createdAt === 0) return undefined;
  for (const reference of references) {
    const { repository, tag } = splitReference(reference);
    const other = newest.get(repository);
    if (tag === 'latest' && other && other.createdAt > createdAt) return other.tag;
  }
  return undefined;
}
