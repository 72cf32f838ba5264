import type { ImageSummary } from '../../../contract/image.ts';
import type { NewerAnswer } from '../../../contract/origin.ts';
import { groupReferences, imageName, type RepositoryTags, splitReference } from '../../desk/image-name.ts';
import { shortId } from '../../ui/format.ts';

/** An image as the list shows it, with everything that can be worked out beforehand. */
export type ImageRow = {
  image: ImageSummary;
  /** Of the row: engines may have the same image. */
  id: string;
  /** The place of its engine; absent for the one in use. */
  at?: string;
  /** First reference, else its digest in a registry, else "untagged image c3d4e89a01f2". */
  name: string;
  groups: RepositoryTags[];
  /** The newer tag of the same repository, where this image is an old `latest`. */
  newerThanLatest?: string;
  /** What the registry answered, if it has a newer one. */
  newer?: NewerAnswer;
  /** Milliseconds since 1970; absent if it is unknown, or nobody asked. */
  lastUsedAt?: number;
  /** It is the image of a single step, from which the classic builder made others. */
  isStep?: true;
  /** Lower case, for the search. */
  searchText: string;
};

/** The same image on two engines is two rows. */
export const rowId = (image: string, at: string | undefined): string => (at === undefined ? image : `${image} ${at}`);

/** The images of single steps as rows. */
export const deriveStepRows = (images: readonly ImageSummary[]): ImageRow[] =>
  images.map((image) => ({
    image,
    id: image.id,
    isStep: true,
    name: `step ${shortId(image.id)}`,
    groups: [],
    searchText: `step ${image.id}`,
  }));

/** The rows of one engine’s images: what is newer than what is a matter of each engine alone. */
export function deriveRows(images: ImageSummary[], at?: string): ImageRow[] {
  const newest = newestTags(images);
  return images.map((image) => ({
    image,
    id: rowId(image.id, at),
    ...(at !== undefined && { at }),
    name: imageName(image),
    groups: groupReferences(image.references),
    newerThanLatest: newerThanLatest(image, newest),
    searchText: `${image.references.join(' ')} ${image.digests.join(' ')} ${image.id}`.toLowerCase(),
  }));
}

/** A step goes and stays with what was made from it: nothing is done to it by itself. */
export const selectableIds = (rows: readonly ImageRow[]): string[] => rows.flatMap(({ id, isStep }) => (isStep ? [] : [id]));

/** What is done to several images at once is done by one engine. */
export const areOfSeveralEngines = (rows: ImageRow[]): boolean => new Set(rows.map(({ at }) => at)).size > 1;

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
