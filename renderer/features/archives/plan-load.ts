import type { ArchivedImage } from '../../../contract/archive.ts';
import type { ImageSummary } from '../../../contract/image.ts';
import { withoutHub } from '../../desk/image-name.ts';

/** What loading does to one name in the file. */
export type TagPlan =
  /** Not known until an engine answers. */
  | { kind: 'unknown'; reference: string }
  | { kind: 'new'; reference: string }
  | { kind: 'here'; reference: string }
  | { kind: 'moves'; reference: string; from: TagHolder };

/** The image that has the name now. */
export type TagHolder = {
  id: string;
  createdAt: number;
  /** It has no other name: without this one, the image stays untagged. */
  losesLastName: boolean;
};

export type ImagePlan = {
  image: ArchivedImage;
  /** Its place in the file. */
  place: number;
  /** The id by which the engine knows it, or is likely to. */
  id: string;
  isHere: boolean;
  tags: TagPlan[];
};

/** What loading would do to the engine's images; names that are kept back move nothing. */
export function planLoad(archived: ArchivedImage[], here: ImageSummary[] | undefined, keptBack: ReadonlySet<string>): ImagePlan[] {
  const holders = new Map((here ?? []).flatMap((image) => image.references.map((reference) => [withoutHub(reference), image] as const)));
  const leaves = (image: ImageSummary, reference: string) =>
    archived.some(({ ids, references }) => references.map(withoutHub).includes(withoutHub(reference)) && !ids.includes(image.id)) &&
    !keptBack.has(reference);
  return archived.map((image, place) => {
    const { ids, references } = image;
    const known = here?.find(({ id }) => ids.includes(id));
    const tags = references.map((reference): TagPlan => {
      if (!here) return { kind: 'unknown', reference };
      const holder = holders.get(withoutHub(reference));
      if (!holder) return { kind: 'new', reference };
      if (ids.includes(holder.id)) return { kind: 'here', reference };
      const losesLastName = holder.references.every((other) => withoutHub(other) === withoutHub(reference) || leaves(holder, other));
      return { kind: 'moves', reference, from: { id: holder.id, createdAt: holder.createdAt, losesLastName } };
    });
    return { image, place, id: known?.id ?? ids[0] ?? '', isHere: known !== undefined, tags };
  });
}
