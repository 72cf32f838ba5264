import type { Asked } from '../../foundation/engine/answers/ask-for.ts';
import { type HistoryStep, readImageHistory } from '../../foundation/engine/answers/image-answers.ts';

/** The most images whose history is read; an engine may have thousands. */
const mostLookedAt = 40;

/** The images whose history may be read, the newest first. */
export const newestImages = <T extends { Created: number }>(images: readonly T[]): T[] =>
  images.toSorted((a, b) => b.Created - a.Created).slice(0, mostLookedAt);

/** The steps of an image, the oldest first; the id of one is `<missing>` if it was made elsewhere or by BuildKit. */
export const readHistory = async (engine: Asked, image: string): Promise<HistoryStep[]> =>
  (await readImageHistory(engine, image)).toReversed();
