import type { CleanUpItem, CleanUpProposal } from '../../../contract/disk.ts';
import type { FreedSpace } from '../../../contract/image.ts';
import { maySuggest, orderItems } from './order-items.ts';

/**
 * The fewest of the items that are least missed which free so many bytes together. What the build cache may keep does not count. Asks about
 * a dozen sums, also for thousands of items.
 */
export async function chooseItems(
  items: readonly CleanUpItem[],
  bytes: number,
  freedBy: (items: readonly CleanUpItem[]) => Promise<FreedSpace | undefined>,
): Promise<CleanUpProposal> {
  const candidates = orderItems(items).filter((item) => maySuggest(item) && item.freed?.bytes !== 0);
  const freed = (count: number) => freedBy(candidates.slice(0, count));
  const reaches = async (count: number): Promise<boolean> => ((await freed(count))?.bytes ?? 0) >= bytes;
  let enough = candidates.length;
  const isEnough = await reaches(enough);
  // with more items there is never less freed
  for (let tooFew = 0; isEnough && enough - tooFew > 1; ) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (await reaches(middle)) enough = middle;
    else tooFew = middle;
  }
  const sum = await freed(enough);
  return { keys: candidates.slice(0, enough).map(({ key }) => key), ...(sum && { freed: sum }), isEnough };
}
