import type { ArchivedImage } from '../../../contract/archive.ts';
import type { ImageSummary } from '../../../contract/image.ts';

/** What becomes of one name of the file. */
export type TagPlan =
  /** Nobody knows before an engine answers. */
  | { kind: 'unknown'; reference: string }
  | { kind: 'new'; reference: string }
  | { kind: 'here'; reference: string }
  | { kind: 'moves'; reference: string; from: TagHolder };

/** The image that has the name now. */
export type TagHolder = {
  id: string;
  createdAt: number;
  /** The name is the last it has: without it, it stays as an untagged image. */
  losesLastName: boolean;
};

export type ImagePlan = {
  image: ArchivedImage;
  /** Its place in the file. */
  place: number;
  /** As the engine calls it where it has it, else as it is likely to. */
  id: string;
  isHere: boolean;
  tags: TagPlan[];
};

/** What loading would do to the engine's images; names that are kept back move nothing. */
export function planLoad(archived: ArchivedImage[], here: ImageSummary[] | undefined, keptBack: ReadonlySet<string>): ImagePlan[] {
  const holders = new Map((here ?? []).flatMap((image) => image.references.map((reference) => [familiar(reference), image] as const)));
  const leaves = (image: ImageSummary, reference: string) =>
    archived.some(({ ids, references }) => references.map(familiar).includes(familiar(reference)) && !ids.includes(image.id)) &&
    !keptBack.has(reference);
  return archived.map((image, place) => {
    const { ids, references } = image;
    const known = here?.find(({ id }) => ids.includes(id));
    const tags = references.map((reference): TagPlan => {
      if (!here) return { kind: 'unknown', reference };
      const holder = holders.get(familiar(reference));
      if (!holder) return { kind: 'new', reference };
      if (ids.includes(holder.id)) return { kind: 'here', reference };
      const losesLastName = holder.references.every((other) => familiar(other) === familiar(reference) || leaves(holder, other));
      return { kind: 'moves', reference, from: { id: holder.id, createdAt: holder.createdAt, losesLastName } };
    });
    return { image, place, id: known?.id ?? ids[0] ?? '', isHere: known !== undefined, tags };
  });
}

// Podman writes out where a name comes from
const familiar = (reference: string): string => reference.replace(/^docker\.io\/(?:library\/)?/, '');
