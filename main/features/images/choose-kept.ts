/** An image that a tag has left, and bytes that it needs at most. */
export type Left = { id: string; size: number };

/**
 * Which of these images are kept for undo, the newest first: as many as the budget has room for, so that the oldest go first. One that
 * alone needs more than the whole budget keeps no other one out. `freed`: bytes that only these images need together; undefined if unknown,
 * and then their whole sizes count.
 */
export async function chooseKept(
  left: readonly Left[],
  budget: number,
  freed: (ids: readonly string[]) => Promise<number | undefined>,
): Promise<string[]> {
  const bytesOf = async (images: readonly Left[]): Promise<number> =>
    (await freed(images.map(({ id }) => id))) ?? images.reduce((sum, { size }) => sum + size, 0);
  const kept: Left[] = [];
  for (const image of left) {
    if ((await bytesOf([...kept, image])) <= budget) kept.push(image);
    else if ((await bytesOf([image])) <= budget) break;
  }
  return kept.map(({ id }) => id);
}
