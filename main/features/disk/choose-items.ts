import type { CleanUpItem, CleanUpProposal } from '../../../contract/disk.ts';
import type { FreedSpace } from '../../../contract/image.ts';
import { maySuggest, orderItems } from './order-items.ts';

/** How many items are tried without, those that free least first. */
const mostTries = 100;

type FreedBy = (items: readonly CleanUpItem[]) => Promise<FreedSpace | undefined>;

/**
 * The items that are least missed and free so many bytes together; all that may go if they are not enough. Asks about a dozen sums, also
 * for thousands of items.
 */
export async function chooseItems(items: readonly CleanUpItem[], bytes: number, freedBy: FreedBy): Promise<CleanUpProposal> {
  const candidates = orderItems(items).filter((item) => maySuggest(item) && mayFree(item));
  const reaches = async (some: readonly CleanUpItem[]): Promise<boolean> => ((await freedBy(some))?.bytes ?? 0) >= bytes;
  const isEnough = await reaches(candidates);
  let enough = candidates.length;
  // with more items there is never less freed
  for (let tooFew = 0; isEnough && enough - tooFew > 1; ) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (await reaches(candidates.slice(0, middle))) enough = middle;
    else tooFew = middle;
  }
  const chosen = isEnough ? await withoutNeedless(candidates.slice(0, enough), reaches) : candidates;
  const sum = await freedBy(chosen);
  return { keys: chosen.map(({ key }) => key), ...(sum && { freed: sum }), isEnough };
}

/** An image that the build cache holds and the cache that holds it free nothing alone, but do so together. */
const mayFree = ({ kind, freed, size }: CleanUpItem): boolean =>
  freed === undefined || freed.bytes > 0 || (freed.inCache ?? 0) > 0 || (kind === 'cache' && size > 0);

/** Leaves out what isn't needed: of items that are missed less, small ones come along with a large one. */
async function withoutNeedless(chosen: CleanUpItem[], reaches: (some: readonly CleanUpItem[]) => Promise<boolean>): Promise<CleanUpItem[]> {
  let left = chosen;
  const smallestFirst = chosen.toSorted((a, b) => (a.freed?.bytes ?? 0) - (b.freed?.bytes ?? 0));
  for (const item of smallestFirst.slice(0, mostTries)) {
    const without = left.filter((other) => other !== item);
    if (await reaches(without)) left = without;
  }
  return left;
}
